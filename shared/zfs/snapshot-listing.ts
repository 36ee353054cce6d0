/** Snapshots and bookmarks, of a host or of one dataset. */
import type { Bookmark, Snapshot, Zfs } from '../model/inventory.ts';
import {
  type BookmarkName,
  type DatasetName,
  parseBookmarkName,
  type SnapshotName,
  snapshotNamesInARow,
} from '../model/names.ts';
import { err, ok, type Result } from '../model/result.ts';
import { isGuid, type Listing, pivotListing, type Row, readCount, tableListing } from './listing.ts';

/**
 * `all`: every snapshot of the host, narrow; `dataset`: its own snapshots with sizes and holds; `trees`: the same of
 * datasets and all below them; `pool`: every snapshot of a pool, narrow; `named`: these alone, narrow.
 */
export type SnapshotScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'dataset'; readonly name: DatasetName }
  | { readonly kind: 'trees'; readonly names: readonly DatasetName[] }
  | { readonly kind: 'pool'; readonly name: DatasetName }
  | { readonly kind: 'named'; readonly names: readonly SnapshotName[] };

/** How far down a listing goes from the names it begins with. */
function depthOf({ kind }: SnapshotScope): string[] {
  if (kind === 'dataset') return ['-d', '1'];
  return kind === 'trees' || kind === 'pool' ? ['-r'] : [];
}

function namesOf(scope: SnapshotScope): readonly string[] {
  if (scope.kind === 'all') return [];
  return scope.kind === 'trees' || scope.kind === 'named' ? scope.names : [scope.name];
}

const listArguments = (type: 'snapshot' | 'bookmark', columns: readonly string[], scope: SnapshotScope): string[] => [
  'zfs',
  'list',
  '-Hp',
  '-t',
  type,
  '-o',
  columns.join(','),
  ...depthOf(scope),
  ...namesOf(scope),
];

const isWide = ({ kind }: SnapshotScope): boolean => kind === 'dataset' || kind === 'trees';

const NARROW = ['guid', 'createtxg', 'creation', 'name'];
const WIDE = ['guid', 'createtxg', 'creation', 'used', 'referenced', 'userrefs'];
const LEGACY_SNAPSHOT_PROPERTIES = ['guid', 'createtxg', 'creation', 'used', 'referenced', 'userrefs'];

function marked<N extends string>(
  row: Row,
  parse: (text: string) => Result<N>,
): Result<{ name: N; guid: string; createtxg: number; creation: number | null }> {
  const name = parse(row.name ?? '');
  if (!name.ok) return name;
  const createtxg = readCount(row.createtxg);
  if (!isGuid(row.guid) || createtxg === null) return err(`no GUID for ${name.value}`);
  return ok({ name: name.value, guid: row.guid, createtxg, creation: readCount(row.creation) });
}

/** Hands the rows of a listing on as snapshots, with as much of them as it has columns for. */
export function takeSnapshots(onSnapshot: (snapshot: Snapshot) => void): (row: Row) => string | null {
  const parseName = snapshotNamesInARow();
  return (row) => {
    const found = marked<SnapshotName>(row, parseName);
    if (!found.ok) return found.error;
    const { name, guid, createtxg, creation } = found.value;
    onSnapshot({
      name,
      guid,
      createtxg,
      creation,
      used: readCount(row.used),
      referenced: readCount(row.referenced),
      holds: readCount(row.userrefs),
      written: readCount(row.written),
    });
    return null;
  };
}

/** Hands a row on as a bookmark. */
export const takeBookmark =
  (onBookmark: (bookmark: Bookmark) => void) =>
  (row: Row): string | null => {
    const found = marked<BookmarkName>(row, parseBookmarkName);
    if (!found.ok) return found.error;
    onBookmark(found.value);
    return null;
  };

export function snapshotListing(
  zfs: Zfs,
  elevation: readonly string[],
  scope: SnapshotScope,
  onSnapshot: (snapshot: Snapshot) => void,
): Listing {
  const onRow = takeSnapshots(onSnapshot);
  if (!zfs.capabilities.parsableList) return legacyListing(elevation, scope, onRow);
  const columns = isWide(scope) ? [...WIDE, ...(zfs.capabilities.written ? ['written'] : []), 'name'] : NARROW;
  return tableListing([...elevation, ...listArguments('snapshot', columns, scope)], columns, onRow);
}

/** `zfs get` lists what lies below as well; only rows of the scope's own snapshots are handed on. */
function legacyListing(
  elevation: readonly string[],
  scope: SnapshotScope,
  onRow: (row: Row) => string | null,
): Listing {
  const own = scope.kind === 'dataset' ? `${scope.name}@` : '';
  return pivotListing(
    [
      ...elevation,
      'zfs',
      'get',
      '-Hp',
      ...depthOf(scope),
      '-o',
      'name,property,value',
      LEGACY_SNAPSHOT_PROPERTIES.join(','),
      ...namesOf(scope),
    ],
    (row) => (row.name?.includes('@') && row.name.startsWith(own) ? onRow(row) : null),
  );
}

/** Bookmarks of one dataset or of all; null where the dialect has none. */
export function bookmarkListing(
  zfs: Zfs,
  elevation: readonly string[],
  scope: SnapshotScope,
  onBookmark: (bookmark: Bookmark) => void,
): Listing | null {
  if (!zfs.capabilities.bookmarks || scope.kind === 'named') return null;
  return tableListing([...elevation, ...listArguments('bookmark', NARROW, scope)], NARROW, takeBookmark(onBookmark));
}
