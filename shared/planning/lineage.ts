/**
 * Source and destination snapshots matched by GUID and ordered by createtxg. Names are labels: a dataset can be
 * renamed, and a snapshot of the same name can be another snapshot. Clocks are not asked (sanoid#815).
 */
import type { Bookmark, Snapshot } from '../model/inventory.ts';
import { byAge } from './by-age.ts';
import { type CommonLabel, namesakesOf } from './namesakes.ts';

export interface CommonSnapshot {
  readonly source: Snapshot;
  readonly destination: Snapshot;
}

export interface Lineage {
  /** On both sides, oldest first in the source's order. */
  readonly common: readonly CommonSnapshot[];
  /** Only at the source, oldest first. */
  readonly sourceOnly: readonly Snapshot[];
  /** Only at the destination, oldest first. */
  readonly destinationOnly: readonly Snapshot[];
  /** The destination has the snapshot, the source only a bookmark of it; oldest first. */
  readonly bookmarked: readonly { readonly bookmark: Bookmark; readonly destination: Snapshot }[];
  /** Same label on both sides, another GUID: never a base, always said. */
  readonly namesakes: readonly CommonLabel[];
}

/** Snapshots must be those of one dataset a side. */
export function traceLineage(
  source: { readonly snapshots: readonly Snapshot[]; readonly bookmarks: readonly Bookmark[] },
  destination: readonly Snapshot[],
): Lineage {
  const atDestination = new Map<string, Snapshot>();
  for (const snapshot of destination) atDestination.set(snapshot.guid, snapshot);
  const sourceGuids = new Set(source.snapshots.map((snapshot) => snapshot.guid));

  const common: CommonSnapshot[] = [];
  const sourceOnly: Snapshot[] = [];
  for (const snapshot of [...source.snapshots].sort(byAge)) {
    const twin = atDestination.get(snapshot.guid);
    if (twin === undefined) sourceOnly.push(snapshot);
    else common.push({ source: snapshot, destination: twin });
  }
  const bookmarked = [...source.bookmarks].sort(byAge).flatMap((bookmark) => {
    const twin = atDestination.get(bookmark.guid);
    return twin === undefined || sourceGuids.has(bookmark.guid) ? [] : [{ bookmark, destination: twin }];
  });
  return {
    common,
    sourceOnly,
    destinationOnly: destination.filter((snapshot) => !sourceGuids.has(snapshot.guid)).sort(byAge),
    bookmarked,
    namesakes: namesakesOf(sourceOnly, destination).sort((a, b) => byAge(a.source, b.source)),
  };
}
