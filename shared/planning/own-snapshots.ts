/** Each dataset's own snapshots and bookmarks out of a host's listing, however often they are asked for. */
import type { Bookmark, Inventory, Snapshot } from '../model/inventory.ts';
import { type BookmarkName, type DatasetName, datasetOf, isOf, type SnapshotName } from '../model/names.ts';
import { oldestFirst } from './by-age.ts';
import { indexed } from './indexed.ts';

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
