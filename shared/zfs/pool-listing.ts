/** The pools of a host and what streams they can take. */
import type { Pool, Zfs } from '../model/inventory.ts';
import { parseDatasetName } from '../model/names.ts';
import { isGuid, type Listing, type Row, readCount, tableListing } from './listing.ts';

/** Features of the destination pool without which some streams cannot be received (`pool must be upgraded to receive this stream.`). */
export const STREAM_FEATURES = [
  'extensible_dataset',
  'large_blocks',
  'embedded_data',
  'lz4_compress',
  'zstd_compress',
  'large_dnode',
  'large_microzap',
  'longname',
  'encryption',
] as const;
export type StreamFeature = (typeof STREAM_FEATURES)[number];

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
