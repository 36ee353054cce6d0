/**
 * Source and destination snapshots matched by GUID and ordered by createtxg. Names are labels: a dataset can be
 * renamed, and a snapshot of the same name can be another snapshot. Clocks are not asked (sanoid#815).
 */
import type { Bookmark, Inventory, Snapshot } from '../model/inventory.ts';
import { type DatasetName, datasetOf, labelOf } from '../model/names.ts';

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
  readonly namesakes: readonly { readonly source: Snapshot; readonly destination: Snapshot }[];
}

const byAge = (a: { createtxg: number }, b: { createtxg: number }) => a.createtxg - b.createtxg;

/** The dataset's own snapshots, oldest first. */
export const ownSnapshots = (inventory: Inventory, dataset: DatasetName): Snapshot[] =>
  inventory.snapshots.filter((snapshot) => datasetOf(snapshot.name) === dataset).sort(byAge);

/** The dataset's own bookmarks. */
export const ownBookmarks = (inventory: Inventory, dataset: DatasetName): Bookmark[] =>
  inventory.bookmarks.filter((bookmark) => datasetOf(bookmark.name) === dataset);

/** Snapshots must be those of one dataset a side. */
export function traceLineage(
  source: { readonly snapshots: readonly Snapshot[]; readonly bookmarks: readonly Bookmark[] },
  destination: readonly Snapshot[],
): Lineage {
  const atDestination = new Map(destination.map((snapshot) => [snapshot.guid, snapshot]));
  const labelsThere = new Map(destination.map((snapshot) => [labelOf(snapshot.name) as string, snapshot]));
  const sourceGuids = new Set(source.snapshots.map((snapshot) => snapshot.guid));

  const common: CommonSnapshot[] = [];
  const sourceOnly: Snapshot[] = [];
  const namesakes: { source: Snapshot; destination: Snapshot }[] = [];
  for (const snapshot of [...source.snapshots].sort(byAge)) {
    const twin = atDestination.get(snapshot.guid);
    if (twin !== undefined) common.push({ source: snapshot, destination: twin });
    else {
      sourceOnly.push(snapshot);
      const namesake = labelsThere.get(labelOf(snapshot.name));
      if (namesake !== undefined) namesakes.push({ source: snapshot, destination: namesake });
    }
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
    namesakes,
  };
}

/** The newest snapshot or bookmark both sides have, by the source's order; null if they share none. */
export function newestBase(lineage: Lineage): {
  readonly kind: 'snapshot' | 'bookmark';
  readonly source: Snapshot | Bookmark;
  readonly destination: Snapshot;
} | null {
  const snapshot = lineage.common.at(-1);
  const bookmark = lineage.bookmarked.at(-1);
  if (bookmark !== undefined && (snapshot === undefined || bookmark.bookmark.createtxg > snapshot.source.createtxg)) {
    return { kind: 'bookmark', source: bookmark.bookmark, destination: bookmark.destination };
  }
  return snapshot === undefined
    ? null
    : { kind: 'snapshot', source: snapshot.source, destination: snapshot.destination };
}
