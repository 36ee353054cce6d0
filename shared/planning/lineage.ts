/**
 * Source and destination snapshots matched by GUID and ordered by createtxg. Names are labels: a dataset can be
 * renamed, and a snapshot of the same name can be another snapshot. Clocks are not asked (sanoid#815).
 */
import type { Bookmark, Inventory, Snapshot } from '../model/inventory.ts';
import { type BookmarkName, type DatasetName, datasetOf, labelOf, type SnapshotName } from '../model/names.ts';
import { indexed } from './indexed.ts';

export interface CommonSnapshot {
  readonly source: Snapshot;
  readonly destination: Snapshot;
}

/** The same label, another GUID. */
export interface CommonLabel {
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

const byAge = (a: { createtxg: number }, b: { createtxg: number }) => a.createtxg - b.createtxg;

const byDataset = <One extends { readonly name: SnapshotName | BookmarkName; readonly createtxg: number }>() =>
  indexed((list: readonly One[]): ReadonlyMap<DatasetName, readonly One[]> => {
    const found = new Map<DatasetName, One[]>();
    let dataset: DatasetName | null = null;
    let own: One[] = [];
    for (const one of list) {
      // Listings have what belongs together in a row.
      if (dataset === null || !one.name.startsWith(dataset) || datasetOf(one.name) !== dataset) {
        dataset = datasetOf(one.name);
        own = found.get(dataset) ?? [];
        found.set(dataset, own);
      }
      own.push(one);
    }
    for (const some of found.values()) some.sort(byAge);
    return found;
  });
const snapshotsByDataset = byDataset<Snapshot>();
const bookmarksByDataset = byDataset<Bookmark>();

/** The dataset's own snapshots, oldest first. */
export const ownSnapshots = (inventory: Inventory, dataset: DatasetName): readonly Snapshot[] =>
  snapshotsByDataset(inventory.snapshots).get(dataset) ?? [];

/** The dataset's own bookmarks, oldest first. */
export const ownBookmarks = (inventory: Inventory, dataset: DatasetName): readonly Bookmark[] =>
  bookmarksByDataset(inventory.bookmarks).get(dataset) ?? [];

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

/**
 * Snapshots of one label on both sides that are not the same.
 *
 * @param some as a rule the shorter list: only its labels are kept
 */
export function namesakesOf(some: readonly Snapshot[], destination: readonly Snapshot[]): CommonLabel[] {
  if (some.length === 0) return [];
  const labels = new Map(some.map((snapshot) => [labelOf(snapshot.name) as string, snapshot]));
  const found: CommonLabel[] = [];
  for (const snapshot of destination) {
    const source = labels.get(labelOf(snapshot.name));
    if (source !== undefined && source.guid !== snapshot.guid) found.push({ source, destination: snapshot });
  }
  return found;
}

/** What both sides have: a snapshot at the destination, and the source's snapshot or bookmark of the same GUID. */
export interface CommonPoint {
  readonly kind: 'snapshot' | 'bookmark';
  readonly source: Snapshot | Bookmark;
  readonly destination: Snapshot;
}

/** As a rule the newest common snapshot is among so many newest of the source; only else all GUIDs are indexed. */
const RECENT = 64;

/** The newest of these, oldest first, whose GUID the destination has. */
function newestOf<One extends Snapshot | Bookmark>(
  some: readonly One[],
  destination: readonly Snapshot[],
): { readonly source: One; readonly destination: Snapshot } | null {
  const search = (wanted: readonly One[]) => {
    const byGuid = new Map<string, One>();
    for (const one of wanted) byGuid.set(one.guid, one);
    let found: { source: One; destination: Snapshot } | null = null;
    for (const snapshot of destination) {
      const source = byGuid.get(snapshot.guid);
      if (source !== undefined && (found === null || source.createtxg > found.source.createtxg))
        found = { source, destination: snapshot };
    }
    return found;
  };
  if (some.length === 0) return null;
  return search(some.slice(-RECENT)) ?? (some.length > RECENT ? search(some.slice(0, -RECENT)) : null);
}

/**
 * The newest snapshot or bookmark both sides have, by the source's order; null if they share none. Of a snapshot and a
 * bookmark of it the snapshot.
 *
 * @param source of one dataset, oldest first
 */
export function newestCommon(
  source: { readonly snapshots: readonly Snapshot[]; readonly bookmarks: readonly Bookmark[] },
  destination: readonly Snapshot[],
): CommonPoint | null {
  const snapshot = newestOf(source.snapshots, destination);
  const bookmark = newestOf(source.bookmarks, destination);
  if (bookmark !== null && (snapshot === null || bookmark.source.createtxg > snapshot.source.createtxg))
    return { kind: 'bookmark', ...bookmark };
  return snapshot === null ? null : { kind: 'snapshot', ...snapshot };
}
