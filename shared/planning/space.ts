/** Whether what is to be received has room at the destination. */
import { spokenBytes } from '../model/bytes.ts';
import { type DatasetName, poolOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import { blocks, notes, warns } from './findings.ts';
import { nearestAncestor } from './parents.ts';
import { datasetNamed, type Ends } from './preflight.ts';

/** @param bytes the estimate of what is still to be received; null: unknown */
export function checkSpace({ request, destination }: Ends, bytes: number | null): Finding[] {
  const place = nearestAncestor(destination, request.destination.dataset);
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
        message: `About ${spokenBytes(bytes)} are to be received, but only ${spokenBytes(place.available)} are available at ${place.name} on ${destination.host}, quotas counted.`,
        evidence,
        fixes: destination.pools
          .filter((pool) => pool.name !== poolOf(request.destination.dataset))
          .map((pool) => ({ pool, room: datasetNamed(destination, pool.name)?.available ?? 0 }))
          .filter(({ room }) => room > bytes)
          .map(({ pool, room }) => {
            const dataset = [pool.name, ...request.destination.dataset.split('/').slice(1)].join('/') as DatasetName;
            return {
              label: `Use ${dataset}`,
              detail: `${spokenBytes(room)} are available there.`,
              change: { destination: { ...request.destination, dataset } },
              destructive: false,
            };
          }),
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
