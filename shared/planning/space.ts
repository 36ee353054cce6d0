/** Whether what is to be received has room at the destination, in every dataset whose quota or pool it counts against. */
import { spokenBytes } from '../model/bytes.ts';
import type { Dataset } from '../model/inventory.ts';
import { type DatasetName, inPool, parentOf, poolOf } from '../model/names.ts';
import type { Finding, Fix } from '../model/plan.ts';
import { datasetNamed, type Ends } from './ends.ts';
import { blocks, notes, warns } from './findings.ts';
import { nearestExisting } from './parents.ts';

/** What one dataset of the package takes. */
export interface Demand {
  readonly ends: Ends;
  /** The existing dataset that is added to; null for a new copy. */
  readonly target: Dataset | null;
  /** The estimate of what is still to be received; null: unknown. */
  readonly bytes: number | null;
}

/** One existing dataset of the destination, and all that is to be received within it. */
interface Load {
  readonly place: Dataset;
  readonly available: number;
  needed: number;
  readonly demands: { readonly copy: DatasetName; readonly bytes: number }[];
}

/** `available` counts the quotas and reservations above a dataset; several copies in one add up at each level. */
function loadsOf(demands: readonly Demand[]): Load[] {
  const loads = new Map<DatasetName, Load>();
  for (const { ends, target, bytes } of demands) {
    for (let place = nearestExisting(ends, target); place !== null; ) {
      if (place.available !== null) {
        const load = loads.get(place.name) ?? { place, available: place.available, needed: 0, demands: [] };
        load.needed += bytes ?? 0;
        if (bytes !== null) load.demands.push({ copy: ends.request.destination.dataset, bytes });
        loads.set(place.name, load);
      }
      const above: DatasetName | null = parentOf(place.name);
      place = above === null ? null : datasetNamed(ends.destination, above);
    }
  }
  return [...loads.values()];
}

/** The load that leaves least, in proportion. */
const tightest = (loads: readonly Load[]): Load | undefined =>
  loads.toSorted((a, b) => b.needed / Math.max(b.available, 1) - a.needed / Math.max(a.available, 1))[0];

/** @param demands of every dataset that something is sent for */
export function checkSpace(demands: readonly Demand[]): Finding[] {
  const [first] = demands;
  const load = tightest(loadsOf(demands));
  if (first === undefined || load === undefined) return [];
  const { host } = first.ends.destination;
  const unknown = demands.some(({ bytes }) => bytes === null);
  if (load.needed > load.available) return [noSpace(first.ends, load, host)];
  if (unknown) {
    return [
      notes('size-unknown', {
        message: `The size of the ${demands.length === 1 ? 'stream' : 'streams'} is not known in advance; ${spokenBytes(load.available)} are available at ${load.place.name}.`,
        evidence: { needed: null, available: load.available, measuredAt: load.place.name },
      }),
    ];
  }
  if (load.needed <= load.available * 0.9) return [];
  return [
    warns('space-tight', {
      message: `About ${spokenBytes(load.needed)} of the ${spokenBytes(load.available)} available at ${load.place.name} will be used. Estimates can be too low for many small files.`,
      evidence: { needed: load.needed, available: load.available, measuredAt: load.place.name },
    }),
  ];
}

function noSpace(ends: Ends, { place, needed, available, demands }: Load, host: string): Finding {
  const largest = demands.toSorted((a, b) => b.bytes - a.bytes)[0];
  const most =
    demands.length > 1 && largest !== undefined
      ? ` The largest of ${demands.length} copies is ${largest.copy} with ${spokenBytes(largest.bytes)}.`
      : '';
  return blocks('no-space', {
    message: `About ${spokenBytes(needed)} are to be received, but only ${spokenBytes(available)} are available at ${place.name} on ${host}, quotas counted.${most}`,
    evidence: { needed, available, measuredAt: place.name, largest: largest ?? null },
    fixes: roomierPools(ends, needed),
  });
}

function roomierPools({ whole, destination }: Ends, bytes: number): Fix[] {
  const { dataset } = whole.destination;
  return destination.pools
    .filter((pool) => pool.name !== poolOf(dataset))
    .map((pool) => ({ pool, room: datasetNamed(destination, pool.name)?.available ?? 0 }))
    .filter(({ room }) => room > bytes)
    .map(({ pool, room }) => {
      const other = inPool(dataset, pool.name);
      return {
        label: `Use ${other}`,
        detail: `${spokenBytes(room)} are available there.`,
        change: { destination: { ...whole.destination, dataset: other } },
        destructive: false,
      };
    });
}
