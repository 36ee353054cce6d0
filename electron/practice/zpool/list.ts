/** `zpool list` */
import { byBytes, type Machine, type Pool } from '../model/machine.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { readOptions, UsageError } from '../zfs/options.ts';
import { SIZE_WIDTH, table } from '../zfs/show.ts';
import {
  FEATURES,
  isRightAligned,
  POOL_PROPERTIES,
  poolProperty,
  readPoolProperty,
  showPoolValue,
} from './properties.ts';

const DEFAULT_COLUMNS =
  'name,size,allocated,free,checkpoint,expandsize,fragmentation,capacity,dedupratio,health,altroot';

/** `DEGRADED` fits. */
export const STATE_WIDTH = 8;

/** @throws UsageError */
export function readPoolColumns(text: string): string[] {
  if (text === 'all') return [...POOL_PROPERTIES.map((one) => one.name), ...FEATURES.map((name) => `feature@${name}`)];
  return text.split(',').map((name) => {
    if (name === 'name' || name.startsWith('feature@')) return name;
    const property = poolProperty(name);
    if (property === null) throw new UsageError(`bad property list: invalid property '${name}'`);
    return property.name;
  });
}

/** The pools named, or all; @returns also the names that are none */
export function findPools(machine: Machine, names: readonly string[]): { pools: Pool[]; missing: string[] } {
  const wanted = names.length === 0 ? [...machine.pools.keys()].sort(byBytes) : names;
  return {
    pools: wanted.flatMap((name) => machine.pools.get(name) ?? []),
    missing: wanted.filter((name) => !machine.pools.has(name)),
  };
}

const heading = (name: string): string =>
  name === 'name' ? 'NAME' : (poolProperty(name)?.column ?? name.toUpperCase());

export async function list(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'gHLo:pPT:v');
  const text = options.value('o');
  const columns = readPoolColumns(text ?? DEFAULT_COLUMNS);
  const { pools, missing } = findPools(machine, options.operands);
  const rows = pools.map((pool) => {
    const cells = columns.map((name) => {
      const { raw } = readPoolProperty(machine, pool, name);
      return options.has('p') ? raw : showPoolValue(name, raw);
    });
    return text === 'all' ? [pool.name, ...cells] : cells;
  });
  const names = text === 'all' ? ['name', ...columns] : columns;
  const aligned = (column: number) => isRightAligned(names[column] ?? '');
  const width = (column: number) => (names[column] === 'health' ? STATE_WIDTH : aligned(column) ? SIZE_WIDTH : 0);
  if (rows.length > 0) await say(process, table(rows, names.map(heading), options.has('H'), aligned, width));
  for (const name of missing) await complain(process, `cannot open '${name}': no such pool\n`);
  if (rows.length === 0 && missing.length === 0) await say(process, 'no pools available\n');
  return missing.length > 0 ? 1 : 0;
}
