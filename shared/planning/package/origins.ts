/** What a clone in a package grows from at the destination. */
import type { Inventory, Snapshot } from '../../model/inventory.ts';
import { type DatasetName, datasetOf, isWithin, poolOf, type SnapshotName } from '../../model/names.ts';
import type { Finding } from '../../model/plan.ts';
import type { ReplicationRequest } from '../../model/request.ts';
import type { Origin } from '../decision.ts';
import { blocks, notes } from '../findings.ts';
import { indexed } from '../indexed.ts';
import { ownSnapshots } from '../own-snapshots.ts';

export type FoundOrigin =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly origin: Origin }
  | { readonly kind: 'missing'; readonly finding: Finding };

const byGuid = indexed((snapshots: readonly Snapshot[]) => {
  const found = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    const twins = found.get(snapshot.guid);
    if (twins === undefined) found.set(snapshot.guid, [snapshot]);
    else twins.push(snapshot);
  }
  return found;
});

/** The source's snapshot of this name. */
export function sourceSnapshot(source: Inventory, name: SnapshotName): Snapshot | null {
  return ownSnapshots(source, datasetOf(name)).find((snapshot) => snapshot.name === name) ?? null;
}

/**
 * The destination's snapshots of this GUID in the pool of the copy, by their names after old copies were set aside.
 * A clone and its origin are in one pool; where the origin lies in it does not matter.
 */
export function twinsAt(
  destination: Inventory,
  guid: string,
  copy: DatasetName,
  aside: ReadonlyMap<DatasetName, DatasetName>,
): SnapshotName[] {
  const pool = poolOf(copy);
  return (byGuid(destination.snapshots).get(guid) ?? [])
    .filter(({ name }) => poolOf(datasetOf(name)) === pool)
    .map(({ name }) => {
      const dataset = datasetOf(name);
      for (const [from, to] of aside) {
        if (isWithin(dataset, from)) return `${to}${name.slice(from.length)}` as SnapshotName;
      }
      return name;
    });
}

/**
 * The origin is neither brought by the package nor at the destination: ZFS would receive what comes before the clone and
 * then say `local origin for clone … does not exist`.
 */
export function originMissing(
  { package: kind, source, destination }: ReplicationRequest,
  clone: DatasetName,
  origin: SnapshotName,
): Finding {
  const dataset = datasetOf(origin);
  return blocks('origin-missing', {
    dataset: clone,
    message: `${clone} is a clone of ${origin}, which is neither in the package nor anywhere in the pool ${poolOf(destination.dataset)} on ${destination.host}. The clone cannot be received without it.`,
    evidence: { clone, origin, package: kind },
    fixes: [
      {
        label: 'Make the package self-contained',
        detail: `${clone} is then sent in full and takes its own space; nothing outside the package is needed.`,
        change: { package: 'self-contained' },
        destructive: false,
      },
      {
        label: `Include ${dataset}`,
        detail: 'It is copied along, and the clone stays a clone.',
        change: {
          source: { ...source, also: [...source.also, dataset] },
          ...(destination.naming === 'exact'
            ? { destination: { ...destination, naming: 'without-pool' as const } }
            : {}),
        },
        destructive: false,
      },
      {
        label: `Leave ${clone} out`,
        detail: 'And everything below it; the rest is copied.',
        change: { source: { ...source, exclude: [...source.exclude, clone] } },
        destructive: false,
      },
    ],
  });
}

/** A clone that becomes a dataset of its own: said, because it takes the space of all it shares at the source. */
export const cloneInFull = (clone: DatasetName, origin: SnapshotName): Finding =>
  notes('clone-in-full', {
    dataset: clone,
    message: `${clone} is a clone of ${origin}; its copy is sent in full and shares no space with another.`,
    evidence: { clone, origin },
  });
