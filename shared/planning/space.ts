/** Whether what is to be received has room at the destination. */
import { spokenBytes } from '../model/bytes.ts';
import type { Dataset } from '../model/inventory.ts';
import { type DatasetName, poolOf } from '../model/names.ts';
import type { Finding, Fix } from '../model/plan.ts';
import { datasetNamed, type Ends } from './ends.ts';
import { blocks, notes, warns } from './findings.ts';
import { placeOf } from './parents.ts';

/**
 * @param target the existing dataset that is added to; null for a new copy
 * @param bytes the estimate of what is still to be received; null: unknown
 */
export function checkSpace(ends: Ends, target: Dataset | null, bytes: number | null): Finding[] {
  const place = placeOf(ends, target);
  if (place === null || place.available === null) return [];
  const evidence = { needed: bytes, available: place.available, measuredAt: place.name };
  if (bytes === null) {
    return [
      notes('size-unknown', {
        message: `The size of the stream cannot be told in advance; ${spokenBytes(place.available)} are available at ${place.name}.`,
        evidence,
      }),
    ];
  }
  if (bytes > place.available) {
    return [
      blocks('no-space', {
        message: `About ${spokenBytes(bytes)} are to be received, but only ${spokenBytes(place.available)} are available at ${place.name} on ${ends.destination.host}, quotas counted.`,
        evidence,
        fixes: roomierPools(ends, bytes),
      }),
    ];
  }
  if (bytes > place.available * 0.9) {
    return [
      warns('space-tight', {
        message: `About ${spokenBytes(bytes)} of the ${spokenBytes(place.available)} available at ${place.name} will be used. Estimates can be too low for many small files.`,
        evidence,
      }),
    ];
  }
  return [];
}

function roomierPools({ request, destination }: Ends, bytes: number): Fix[] {
  const { dataset } = request.destination;
  return destination.pools
    .filter((pool) => pool.name !== poolOf(dataset))
    .map((pool) => ({ pool, room: datasetNamed(destination, pool.name)?.available ?? 0 }))
    .filter(({ room }) => room > bytes)
    .map(({ pool, room }) => {
      const other = [pool.name, ...dataset.split('/').slice(1)].join('/') as DatasetName;
      return {
        label: `Use ${other}`,
        detail: `${spokenBytes(room)} are available there.`,
        change: { destination: { ...request.destination, dataset: other } },
        destructive: false,
      };
    });
}
