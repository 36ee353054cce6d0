/**
 * Source and destination snapshots matched by GUID and ordered by createtxg. Names are labels: a dataset can be
 * renamed, and a snapshot of the same name can be another snapshot. Clocks are not asked (sanoid#815).
 */
import type { Bookmark, Inventory, Snapshot } from '../model/inventory.ts';
import { type BookmarkName, type DatasetName, datasetOf, isOf, labelOf, type SnapshotName } from '../model/names.ts';
import { byAge, oldestFirst } from './by-age.ts';
import { guidsAmong } from './guids-among.ts';
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

interface Named {
  readonly name: SnapshotName | BookmarkName;
  readonly createtxg: number;
}

/** Whose the entries of a listing are. It has what belongs together in a row: only where a row begins a name is taken apart. */
class Rows<One extends Named> {
  readonly #rows: { readonly dataset: DatasetName; readonly begin: number }[] = [];
  #dataset: DatasetName | null = null;

  /** @param at its place in the listing: each follows the one before */
  add({ name }: One, at: number): void {
    if (this.#dataset !== null && isOf(name, this.#dataset)) return;
    this.#dataset = datasetOf(name);
    this.#rows.push({ dataset: this.#dataset, begin: at });
  }

  /** Each dataset's own, oldest first. */
  end(list: readonly One[]): ReadonlyMap<DatasetName, readonly One[]> {
    const found = new Map<DatasetName, One[]>();
    this.#rows.forEach(({ dataset, begin }, index) => {
      const row = list.slice(begin, this.#rows[index + 1]?.begin);
      const known = found.get(dataset);
      found.set(dataset, known === undefined ? row : [...known, ...row]);
    });
    for (const own of found.values()) oldestFirst(own);
    return found;
  }
}

const byDataset = <One extends Named>() =>
  indexed((list: readonly One[]) => {
    const rows = new Rows<One>();
    list.forEach((one, at) => {
      rows.add(one, at);
    });
    return rows.end(list);
  });
const snapshotsByDataset = byDataset<Snapshot>();
const bookmarksByDataset = byDataset<Bookmark>();

/** Takes a listing's snapshots one by one, and knows whose they are at the end: a million need not be gone through again. */
export function snapshotCollector(): { add(snapshot: Snapshot): void; end(): Snapshot[] } {
  const list: Snapshot[] = [];
  const rows = new Rows<Snapshot>();
  return {
    add(snapshot) {
      rows.add(snapshot, list.length);
      list.push(snapshot);
    },
    end() {
      snapshotsByDataset.keep(list, rows.end(list));
      return list;
    },
  };
}

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
 * Snapshots of one label on both sides that are not the same, in the destination's order.
 *
 * @param some as a rule the shorter list: only its labels are kept
 */
export function namesakesOf(some: readonly Snapshot[], destination: readonly Snapshot[]): CommonLabel[] {
  if (some.length === 0) return [];
  const found: CommonLabel[] = [];
  const take = (source: Snapshot, twin: Snapshot) => {
    if (source.guid !== twin.guid) found.push({ source, destination: twin });
  };
  // Two that were made by one schedule have the same labels in the same order: then nothing has to be indexed.
  let at = 0;
  while (at < some.length && at < destination.length) {
    const [source, twin] = [some[at] as Snapshot, destination[at] as Snapshot];
    if (labelOf(source.name) !== labelOf(twin.name)) break;
    take(source, twin);
    at++;
  }
  if (at === some.length || at === destination.length) return found;
  const labels = new Map(some.slice(at).map((snapshot) => [labelOf(snapshot.name) as string, snapshot]));
  for (const twin of destination.slice(at)) {
    const source = labels.get(labelOf(twin.name));
    if (source !== undefined) take(source, twin);
  }
  return found;
}

/** What both sides have: a snapshot at the destination, and the source's snapshot or bookmark of the same GUID. */
export interface CommonPoint {
  readonly kind: 'snapshot' | 'bookmark';
  readonly source: Snapshot | Bookmark;
  readonly destination: Snapshot;
}

/** As a rule the newest common snapshot is among so many newest of both sides; only else all GUIDs are compared. */
const RECENT = 32;

interface Twins<One> {
  readonly source: One;
  readonly destination: Snapshot;
}

/** Of those with a GUID that both lists have the newest by the source's order. */
function newestTwins<One extends Snapshot | Bookmark>(
  some: readonly One[],
  destination: readonly Snapshot[],
): Twins<One> | null {
  const maybe = guidsAmong(some);
  const twins = new Map<string, Snapshot>();
  for (const snapshot of destination) if (maybe.has(snapshot.guid)) twins.set(snapshot.guid, snapshot);
  if (twins.size === 0) return null;
  const likely = guidsAmong([...twins.values()]);
  const source = some.findLast(({ guid }) => likely.has(guid) && twins.has(guid));
  const twin = source === undefined ? undefined : twins.get(source.guid);
  return source === undefined || twin === undefined ? null : { source, destination: twin };
}

/**
 * The newest of these, oldest first, whose GUID the destination has. Snapshots arrive in the order of their making, so that
 * what both sides have stands in the same order on both: a pair among the newest of both is the newest of all.
 */
function newestOf<One extends Snapshot | Bookmark>(
  some: readonly One[],
  destination: readonly Snapshot[],
): Twins<One> | null {
  return (
    newestTwins(some.slice(-RECENT), destination.slice(-RECENT)) ??
    (some.length > RECENT || destination.length > RECENT ? newestTwins(some, destination) : null)
  );
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
