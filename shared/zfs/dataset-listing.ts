/** The filesystems and volumes of a host. */
import type { Dataset, PartialReceive, Zfs } from '../model/inventory.ts';
import { type DatasetName, parseDatasetName, parseSnapshotName, topmost } from '../model/names.ts';
import { err, ok, type Result } from '../model/result.ts';
import { dashed, isGuid, type Listing, pivotListing, type Row, readCount, tableListing, yes } from './listing.ts';

/** The mountpoint comes last: it may hold a TAB. */
export const DATASET_COLUMNS = [
  'name',
  'type',
  'guid',
  'createtxg',
  'used',
  'available',
  'referenced',
  'written',
  'origin',
  'mounted',
  'canmount',
  'readonly',
  'encryption',
  'encryptionroot',
  'keystatus',
  'receive_resume_token',
  'mountpoint',
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

/** Hands a row of {@link DATASET_COLUMNS} on; says what is wrong with one that is no dataset. */
export const takeDataset =
  (readToken: ReadToken, onDataset: (dataset: Dataset) => void) =>
  (row: Row): string | null => {
    const dataset = datasetOfRow(row, readToken);
    if (!dataset.ok) return dataset.error;
    onDataset(dataset.value);
    return null;
  };

/** `dataset`: it alone; `trees`: these and all below them. */
export type DatasetPlace =
  | { readonly kind: 'dataset'; readonly name: DatasetName }
  | { readonly kind: 'trees'; readonly names: readonly DatasetName[] };

/** `named`: these alone. */
export type DatasetScope =
  | DatasetPlace
  | { readonly kind: 'all' }
  | { readonly kind: 'named'; readonly names: readonly DatasetName[] };

/** The narrowest that has these datasets in it: one alone is asked for without what lies below it. */
export function scopeOf(names: readonly DatasetName[]): DatasetPlace {
  const [only, second] = names;
  return only !== undefined && second === undefined
    ? { kind: 'dataset', name: only }
    : { kind: 'trees', names: topmost(names) };
}

const placesOf = (scope: DatasetScope): string[] => {
  if (scope.kind === 'all') return [];
  if (scope.kind === 'dataset') return [scope.name];
  return [...(scope.kind === 'trees' ? ['-r'] : []), ...scope.names];
};

/** Filesystems and volumes of the host. Early tools are always asked for all: their `get` would list snapshots of the rest, too. */
export function datasetListing(
  zfs: Zfs,
  elevation: readonly string[],
  readToken: ReadToken,
  onDataset: (dataset: Dataset) => void,
  scope: DatasetScope = { kind: 'all' },
): Listing {
  const onRow = takeDataset(readToken, onDataset);
  if (!zfs.capabilities.parsableList) {
    // `zfs get` without a dataset lists snapshots as well; those are another listing's.
    return pivotListing(
      [...elevation, 'zfs', 'get', '-Hp', '-o', 'name,property,value', LEGACY_DATASET_PROPERTIES.join(',')],
      (row) => (row.name?.includes('@') ? null : onRow(row)),
    );
  }
  const list = [...elevation, 'zfs', 'list', '-Hp', '-t', 'filesystem,volume', '-o', DATASET_COLUMNS.join(',')];
  return tableListing([...list, ...placesOf(scope)], DATASET_COLUMNS, onRow);
}
