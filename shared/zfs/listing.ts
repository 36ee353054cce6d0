/**
 * Listings of pools, datasets, snapshots and bookmarks: which command asks for them and how its lines are read.
 *
 * Lines are split at TAB only and must have exactly the columns asked for: names may hold spaces, even in front.
 * `-` stands for “does not apply”. One unknown column makes ZFS refuse the whole listing, so columns come from the
 * dialect. Tools without `zfs list -p` (zfs-fuse, Solaris) are asked by `zfs get -Hp`, whose rows are turned into columns.
 */
import type { Bookmark, Dataset, PartialReceive, Pool, Snapshot, Zfs } from '../model/inventory.ts';
import {
  type BookmarkName,
  type DatasetName,
  parseBookmarkName,
  parseDatasetName,
  parseSnapshotName,
  type SnapshotName,
} from '../model/names.ts';
import { err, ok, type Result } from '../model/result.ts';

export type Row = Readonly<Record<string, string>>;

/** A listing: the command, and a reader that is given its lines one by one. */
export interface Listing {
  readonly argv: readonly string[];
  /** Given one line of stdout without its newline; returns a sentence if the line is not what was asked for. */
  readonly take: (line: string) => string | null;
  /** Called once after the last line. */
  readonly end: () => string | null;
}

function tableListing(
  argv: readonly string[],
  columns: readonly string[],
  onRow: (row: Row) => string | null,
): Listing {
  return {
    argv,
    take(line) {
      const cells = line.split('\t');
      if (cells.length !== columns.length) return `expected ${columns.length} columns in ${JSON.stringify(line)}`;
      return onRow(Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])));
    },
    end: () => null,
  };
}

/** `zfs get -Hp -o name,property,value`: rows of one name follow each other and are handed on together. */
function pivotListing(argv: readonly string[], onRow: (row: Row) => string | null): Listing {
  let current: Record<string, string> = {};
  const flush = () => (current.name === undefined ? null : onRow(current));
  return {
    argv,
    take(line) {
      const [name, property, value, ...rest] = line.split('\t');
      if (name === undefined || property === undefined || value === undefined || rest.length > 0)
        return `expected 3 columns in ${JSON.stringify(line)}`;
      let fault: string | null = null;
      if (current.name !== name) {
        fault = flush();
        current = { name };
      }
      current[property] = value;
      return fault;
    },
    end: () => flush(),
  };
}

/** A count below 2^53; null for `-`, `none`, absent, or a number that would lose digits. */
export function readCount(text: string | undefined): number | null {
  if (text === undefined || !/^\d+$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

const dashed = (text: string | undefined): string | null =>
  text === undefined || text === '-' || text === '' ? null : text;
const yes = (text: string | undefined): boolean => text === 'yes' || text === 'on';
/** zfs-fuse without `-p` prints GUIDs like `12.3E`; such a value must never pass as one. */
const isGuid = (text: string | undefined): text is string => text !== undefined && /^\d{1,20}$/.test(text);

/** Features of the destination pool without which some streams cannot be received (`pool must be upgraded to receive this stream.`). */
export const STREAM_FEATURES = [
  'extensible_dataset',
  'large_blocks',
  'embedded_data',
  'lz4_compress',
  'zstd_compress',
  'large_dnode',
  'encryption',
] as const;

/** An unknown feature's column prints `-`, which is no error (seen on 2.3.9). */
const POOL_COLUMNS = [
  'name',
  'guid',
  'size',
  'allocated',
  'free',
  'health',
  'readonly',
  ...STREAM_FEATURES.map((feature) => `feature@${feature}`),
];
const LEGACY_POOL_COLUMNS = ['name', 'health'];

function featuresOf(row: Row): Pool['features'] {
  const states: Pool['features'] = {};
  for (const feature of STREAM_FEATURES) {
    const state = row[`feature@${feature}`];
    if (state === 'disabled' || state === 'enabled' || state === 'active') states[feature] = state;
  }
  return states;
}

export function poolListing(zfs: Zfs, elevation: readonly string[], onPool: (pool: Pool) => void): Listing {
  const modern = zfs.capabilities.parsableList;
  const columns = modern ? POOL_COLUMNS : LEGACY_POOL_COLUMNS;
  return tableListing(
    [...elevation, 'zpool', 'list', modern ? '-Hp' : '-H', '-o', columns.join(',')],
    columns,
    (row) => {
      const name = parseDatasetName(row.name ?? '');
      if (!name.ok) return name.error;
      onPool({
        name: name.value,
        guid: isGuid(row.guid) ? row.guid : null,
        size: readCount(row.size),
        allocated: readCount(row.allocated),
        free: readCount(row.free),
        health: row.health ?? 'UNKNOWN',
        readonly: row.readonly === 'on',
        features: featuresOf(row),
      });
      return null;
    },
  );
}

const DATASET_COLUMNS = [
  'name',
  'type',
  'guid',
  'createtxg',
  'used',
  'available',
  'referenced',
  'written',
  'origin',
  'mountpoint',
  'mounted',
  'canmount',
  'readonly',
  'encryption',
  'encryptionroot',
  'keystatus',
  'receive_resume_token',
];
const LEGACY_DATASET_PROPERTIES = [
  'type',
  'guid',
  'createtxg',
  'used',
  'available',
  'referenced',
  'origin',
  'mountpoint',
  'mounted',
  'canmount',
  'readonly',
];

export type ReadToken = (token: string) => Result<PartialReceive>;

function datasetOfRow(row: Row, readToken: ReadToken): Result<Dataset> {
  const name = parseDatasetName(row.name ?? '');
  if (!name.ok) return name;
  const createtxg = readCount(row.createtxg);
  if (!isGuid(row.guid) || createtxg === null) return err(`no GUID for ${name.value}`);
  const origin = dashed(row.origin);
  const parsedOrigin = origin === null ? null : parseSnapshotName(origin);
  const token = dashed(row.receive_resume_token);
  const partial = token === null ? null : readToken(token);
  return ok({
    name: name.value,
    kind: row.type === 'volume' ? 'volume' : 'filesystem',
    guid: row.guid,
    createtxg,
    used: readCount(row.used),
    available: readCount(row.available),
    referenced: readCount(row.referenced),
    written: readCount(row.written),
    origin: parsedOrigin?.ok ? parsedOrigin.value : null,
    mountpoint: dashed(row.mountpoint),
    mounted: dashed(row.mounted) === null ? null : yes(row.mounted),
    canmount: dashed(row.canmount),
    readonly: yes(row.readonly),
    encryption: dashed(row.encryption),
    encryptionRoot: dashed(row.encryptionroot),
    keyStatus: dashed(row.keystatus),
    partial: partial?.ok ? partial.value : null,
    undecodedToken: partial?.ok === false ? token : null,
  });
}

/** All filesystems and volumes of the host. */
export function datasetListing(
  zfs: Zfs,
  elevation: readonly string[],
  readToken: ReadToken,
  onDataset: (dataset: Dataset) => void,
): Listing {
  const onRow = (row: Row) => {
    const dataset = datasetOfRow(row, readToken);
    if (!dataset.ok) return dataset.error;
    onDataset(dataset.value);
    return null;
  };
  if (!zfs.capabilities.parsableList) {
    // `zfs get` without a dataset lists snapshots as well; those are another listing's.
    return pivotListing(
      [...elevation, 'zfs', 'get', '-Hp', '-o', 'name,property,value', LEGACY_DATASET_PROPERTIES.join(',')],
      (row) => (row.name?.includes('@') ? null : onRow(row)),
    );
  }
  return tableListing(
    [...elevation, 'zfs', 'list', '-Hp', '-t', 'filesystem,volume', '-o', DATASET_COLUMNS.join(',')],
    DATASET_COLUMNS,
    onRow,
  );
}

/** `all`: every snapshot of the host, narrow; a dataset: its own snapshots with sizes and holds. */
export type SnapshotScope = { readonly kind: 'all' } | { readonly kind: 'dataset'; readonly name: DatasetName };

const NARROW = ['guid', 'createtxg', 'creation', 'name'];
const WIDE = ['guid', 'createtxg', 'creation', 'used', 'referenced', 'userrefs', 'name'];
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

export function snapshotListing(
  zfs: Zfs,
  elevation: readonly string[],
  scope: SnapshotScope,
  onSnapshot: (snapshot: Snapshot) => void,
): Listing {
  const onRow = (row: Row) => {
    const found = marked<SnapshotName>(row, parseSnapshotName);
    if (!found.ok) return found.error;
    onSnapshot({
      ...found.value,
      used: readCount(row.used),
      referenced: readCount(row.referenced),
      holds: readCount(row.userrefs),
    });
    return null;
  };
  if (!zfs.capabilities.parsableList) {
    const depth = scope.kind === 'all' ? [] : ['-d', '1'];
    const roots = scope.kind === 'all' ? [] : [scope.name];
    const own = scope.kind === 'all' ? '' : `${scope.name}@`;
    return pivotListing(
      [
        ...elevation,
        'zfs',
        'get',
        '-Hp',
        ...depth,
        '-o',
        'name,property,value',
        LEGACY_SNAPSHOT_PROPERTIES.join(','),
        ...roots,
      ],
      (row) => (row.name?.includes('@') && row.name.startsWith(own) ? onRow(row) : null),
    );
  }
  const columns = scope.kind === 'all' ? NARROW : WIDE;
  const roots = scope.kind === 'all' ? [] : ['-d', '1', scope.name];
  return tableListing(
    [...elevation, 'zfs', 'list', '-Hp', '-t', 'snapshot', '-o', columns.join(','), ...roots],
    columns,
    onRow,
  );
}

/** Bookmarks of one dataset or of all; null where the dialect has none. */
export function bookmarkListing(
  zfs: Zfs,
  elevation: readonly string[],
  scope: SnapshotScope,
  onBookmark: (bookmark: Bookmark) => void,
): Listing | null {
  if (!zfs.capabilities.bookmarks) return null;
  const roots = scope.kind === 'all' ? [] : ['-d', '1', scope.name];
  return tableListing(
    [...elevation, 'zfs', 'list', '-Hp', '-t', 'bookmark', '-o', NARROW.join(','), ...roots],
    NARROW,
    (row) => {
      const found = marked<BookmarkName>(row, parseBookmarkName);
      if (!found.ok) return found.error;
      onBookmark(found.value);
      return null;
    },
  );
}
