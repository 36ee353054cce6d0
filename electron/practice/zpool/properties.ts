/** Properties of pools, in the order of `zpool get all` on OpenZFS 2.3.9. */
import type { Machine, Pool } from '../model/machine.ts';
import { poolAllocated } from '../model/space.ts';
import { niceBytes } from '../zfs/show.ts';

export interface PoolProperty {
  readonly name: string;
  readonly column: string;
  readonly form: 'size' | 'percent' | 'ratio' | 'id' | 'text' | 'state';
  readonly editable: boolean;
  readonly values: string;
  /** The value and its source where it is the same for every practice pool. */
  readonly fixed: readonly [raw: string, source: string];
}

function row(text: string): PoolProperty {
  const [name = '', column = '', form = '', editable = '', raw = '', source = '', values = ''] = text.split(';');
  return { name, column, form: form as PoolProperty['form'], editable: editable === 'y', values, fixed: [raw, source] };
}

export const POOL_PROPERTIES: readonly PoolProperty[] = [
  'size;SIZE;size;n;;-;<size>',
  'capacity;CAP;percent;n;;-;<percent>',
  'altroot;ALTROOT;text;y;-;default;<path>',
  'health;HEALTH;state;n;;-;<state>',
  'guid;GUID;id;n;;-;<guid>',
  'version;VERSION;text;y;-;default;<version>',
  'bootfs;BOOTFS;text;y;-;default;<filesystem>',
  'delegation;DELEGATION;text;y;on;default;on | off',
  'autoreplace;REPLACE;text;y;off;default;on | off',
  'cachefile;CACHEFILE;text;y;-;default;<file> | none',
  'failmode;FAILMODE;text;y;wait;default;wait | continue | panic',
  'listsnapshots;LISTSNAPS;text;y;off;default;on | off',
  'autoexpand;EXPAND;text;y;off;default;on | off',
  'dedupratio;DEDUP;ratio;n;1.00;-;<1.00x or higher if deduped>',
  'free;FREE;size;n;;-;<size>',
  'allocated;ALLOC;size;n;;-;<size>',
  'readonly;RDONLY;text;y;;-;on | off',
  'ashift;ASHIFT;text;y;0;default;<ashift, 9-16, or 0=default>',
  'comment;COMMENT;text;y;-;default;<comment-string>',
  'expandsize;EXPANDSZ;size;n;-;-;<size>',
  'freeing;FREEING;size;n;0;-;<size>',
  'fragmentation;FRAG;percent;n;0;-;<percent>',
  'leaked;LEAKED;size;n;0;-;<size>',
  'multihost;MULTIHOST;text;y;off;default;on | off',
  'checkpoint;CKPOINT;size;n;-;-;<size>',
  'load_guid;LOAD_GUID;id;n;;-;<load_guid>',
  'autotrim;AUTOTRIM;text;y;off;default;on | off',
  'compatibility;COMPATIBILITY;text;y;off;default;<file[,file...]> | off | legacy',
  'bcloneused;BCLONE_USED;size;n;0;-;<size>',
  'bclonesaved;BCLONE_SAVED;size;n;0;-;<size>',
  'bcloneratio;BCLONE_RATIO;ratio;n;1.00;-;<1.00x or higher if cloned>',
  'dedup_table_size;DDTSIZE;size;n;0;-;<size>',
  'dedup_table_quota;DDTQUOTA;text;y;auto;default;<size>',
  'last_scrubbed_txg;LAST_SCRUBBED_TXG;text;n;0;-;<txg>',
].map(row);

const ACTIVE = new Set(
  (
    'empty_bpobj lz4_compress spacemap_histogram enabled_txg hole_birth extensible_dataset embedded_data bookmarks ' +
    'userobj_accounting project_quota spacemap_v2 bookmark_v2 bookmark_written log_spacemap head_errlog vdev_zaps_v2'
  ).split(' '),
);

export const FEATURES: readonly string[] = (
  'async_destroy empty_bpobj lz4_compress multi_vdev_crash_dump spacemap_histogram enabled_txg hole_birth ' +
  'extensible_dataset embedded_data bookmarks filesystem_limits large_blocks large_dnode sha512 skein edonr ' +
  'userobj_accounting encryption project_quota device_removal obsolete_counts zpool_checkpoint spacemap_v2 ' +
  'allocation_classes resilver_defer bookmark_v2 redaction_bookmarks redacted_datasets bookmark_written log_spacemap ' +
  'livelist device_rebuild zstd_compress draid zilsaxattr head_errlog blake3 block_cloning vdev_zaps_v2 ' +
  'redaction_list_spill raidz_expansion fast_dedup longname large_microzap'
).split(' ');

export const poolProperty = (name: string): PoolProperty | null =>
  POOL_PROPERTIES.find((one) => one.name === name || one.column.toLowerCase() === name) ?? null;

/** A column of a feature nobody knows is `-`, not an error (2.3.9). */
export function featureState(name: string): string {
  const feature = name.slice('feature@'.length);
  if (!FEATURES.includes(feature)) return '-';
  return ACTIVE.has(feature) ? 'active' : 'enabled';
}

function fact(machine: Machine, pool: Pool, name: string): string | null {
  const allocated = poolAllocated(machine, pool);
  switch (name) {
    case 'size':
      return String(pool.size);
    case 'allocated':
      return String(allocated);
    case 'free':
      return String(pool.size - allocated);
    case 'capacity':
      return String(Math.floor((allocated * 100) / pool.size));
    case 'health':
      return pool.health;
    case 'guid':
      return pool.guid;
    case 'load_guid':
      return BigInt.asUintN(64, BigInt(pool.guid) * 3n + 7n).toString();
    case 'readonly':
      return pool.readonly ? 'on' : 'off';
    default:
      return null;
  }
}

/** A property or `feature@NAME`; raw, as `-p` prints it. */
export function readPoolProperty(machine: Machine, pool: Pool, name: string): { raw: string; source: string } {
  if (name.startsWith('feature@')) {
    const state = featureState(name);
    return { raw: state, source: state === '-' ? '-' : 'local' };
  }
  const property = poolProperty(name);
  if (property === null) return name === 'name' ? { raw: pool.name, source: '-' } : { raw: '-', source: '-' };
  const [fixed, source] = property.fixed;
  return { raw: fact(machine, pool, property.name) ?? fixed, source };
}

/** As shown without `-p`. */
export function showPoolValue(name: string, raw: string): string {
  if (raw === '-') return raw;
  const form = poolProperty(name)?.form;
  if (form === 'size') return niceBytes(Number(raw), '');
  if (form === 'percent') return `${raw}%`;
  return form === 'ratio' ? `${raw}x` : raw;
}

/** Numbers and `health` stand to the right in `zpool list`. */
export const isRightAligned = (name: string): boolean =>
  ['size', 'percent', 'ratio', 'id', 'state'].includes(poolProperty(name)?.form ?? 'text');
