/** Which datasets of a host hold a copy of the source: they share a snapshot by GUID. */
import type { Snapshot } from '../../shared/model/inventory.ts';
import { labelOf } from '../../shared/model/names.ts';

export interface Related {
  readonly dataset: string;
  /** Label of the newest common snapshot. */
  readonly common: string;
}

/** The newest of `theirs` that the source has too, by GUID. */
export function newestShared(sourceGuids: ReadonlySet<string>, theirs: readonly Snapshot[]): Snapshot | null {
  return theirs.reduce<Snapshot | null>(
    (newest, snapshot) =>
      sourceGuids.has(snapshot.guid) && (newest === null || snapshot.createtxg > newest.createtxg) ? snapshot : newest,
    null,
  );
}

interface Candidate {
  readonly name: string;
  readonly snapshots: number;
  readonly newestSnapshot: Snapshot | null;
}

const lastPart = (dataset: string): string => dataset.slice(dataset.lastIndexOf('/') + 1);

/**
 * Datasets whose snapshots are worth reading in full: the newest snapshot alone did not tell, and the name speaks for it.
 * A listing of one dataset is a round trip to the host, so there are few of them.
 * @param most how many at most
 */
export function worthReading(
  sourceDataset: string,
  sourceGuids: ReadonlySet<string>,
  candidates: readonly Candidate[],
  most = 6,
): string[] {
  const name = lastPart(sourceDataset);
  return candidates
    .filter(
      ({ snapshots, newestSnapshot }) =>
        snapshots > 0 && (newestSnapshot === null || !sourceGuids.has(newestSnapshot.guid)),
    )
    .map((candidate) => candidate.name)
    .filter((candidate) => lastPart(candidate).includes(name) || name.includes(lastPart(candidate)))
    .slice(0, most);
}

/** What the newest snapshots of a listing tell by themselves. */
export function relatedAtOnce(sourceGuids: ReadonlySet<string>, candidates: readonly Candidate[]): Related[] {
  return candidates.flatMap(({ name, newestSnapshot }) =>
    newestSnapshot !== null && sourceGuids.has(newestSnapshot.guid)
      ? [{ dataset: name, common: labelOf(newestSnapshot.name) }]
      : [],
  );
}
