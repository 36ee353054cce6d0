/**
 * Datasets with their snapshots and bookmarks. Each `zfs list -r` walks the tree again, and under it the walk costs more than any
 * column (OpenZFS 2.3.9, 200 datasets: 5.8 s for the datasets, 9.8 for their snapshots, 6.1 for their bookmarks, 10.7 for all in one).
 */
import type { Bookmark, Dataset, Snapshot, Zfs } from '../model/inventory.ts';
import { ancestorsOf } from '../model/names.ts';
import { err } from '../model/result.ts';
import {
  DATASET_COLUMNS,
  type DatasetPlace,
  type DatasetScope,
  datasetListing,
  type ReadToken,
  takeDataset,
} from './dataset-listing.ts';
import { type Listing, type Row, tableListing } from './listing.ts';
import { snapshotListing, takeBookmark, takeSnapshots } from './snapshot-listing.ts';

export interface ContentReader {
  readonly readToken: ReadToken;
  readonly onDataset: (dataset: Dataset) => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** Absent: bookmarks are not asked for. */
  readonly onBookmark?: (bookmark: Bookmark) => void;
}

const MARK_COLUMNS = ['type', 'guid', 'createtxg', 'creation', 'used', 'referenced', 'userrefs', 'written', 'name'];
const TREE_COLUMNS = ['creation', 'userrefs', ...DATASET_COLUMNS];

/** One table of several types, each row to the reader of its own. */
function mixedListing(
  elevation: readonly string[],
  columns: readonly string[],
  where: readonly string[],
  readers: Readonly<Record<string, (row: Row) => string | null>>,
): Listing {
  const types = Object.keys(readers).join(',');
  return tableListing(
    [...elevation, 'zfs', 'list', '-Hp', '-t', types, '-o', columns.join(','), ...where],
    columns,
    (row) => {
      const read = readers[row.type ?? ''];
      return read === undefined ? `“${row.type}” was not asked for` : read(row);
    },
  );
}

/**
 * What is in a place, and the datasets it lies in if they are asked for; nothing else of the host. Early tools list all of its
 * datasets, too.
 *
 * @param above with the datasets that it lies in, which affect space and permissions
 * @returns listings that fail where something does not exist
 */
export function contentListings(
  zfs: Zfs,
  elevation: readonly string[],
  place: DatasetPlace,
  { readToken, onDataset, onSnapshot, onBookmark }: ContentReader,
  above = false,
): Listing[] {
  const listDatasets = (scope: DatasetScope) => datasetListing(zfs, elevation, readToken, onDataset, scope);
  // Early tools have no bookmarks either.
  if (!zfs.capabilities.parsableList) return [listDatasets(place), snapshotListing(zfs, elevation, place, onSnapshot)];
  const own = place.kind === 'trees' ? place.names : [place.name];
  const outer = above ? [...new Set(own.flatMap(ancestorsOf))].filter((name) => !own.includes(name)) : [];
  const dataset = takeDataset(readToken, onDataset);
  const marks = {
    snapshot: takeSnapshots(onSnapshot),
    ...(onBookmark === undefined || !zfs.capabilities.bookmarks ? {} : { bookmark: takeBookmark(onBookmark) }),
  };
  if (place.kind === 'trees') {
    const tree = { filesystem: dataset, volume: dataset, ...marks };
    return [
      ...(outer.length === 0 ? [] : [listDatasets({ kind: 'named', names: outer })]),
      mixedListing(elevation, TREE_COLUMNS, ['-r', ...own], tree),
    ];
  }
  // One listing with `-d 1` for all would have every child of the dataset in it.
  return [
    listDatasets({ kind: 'named', names: [place.name, ...outer] }),
    mixedListing(elevation, MARK_COLUMNS, ['-d', '1', place.name], marks),
  ];
}

const nobody: ContentReader = {
  readToken: () => err('not read'),
  onDataset: () => undefined,
  onSnapshot: () => undefined,
};

/** What {@link contentListings} runs without asking for bookmarks, for showing it. */
export const contentCommands = (zfs: Zfs, elevation: readonly string[], place: DatasetPlace): string[][] =>
  contentListings(zfs, elevation, place, nobody).map(({ argv }) => [...argv]);
