/** `zpool status` */
import type { Pool } from '../model/machine.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { readOptions } from '../zfs/options.ts';
import { findPools } from './list.ts';

function describe(pool: Pool): string {
  const line = (indent: string, name: string) =>
    `\t${`${indent}${name}`.padEnd(22)}  ${pool.health.padEnd(8)}     0     0     0\n`;
  return (
    `  pool: ${pool.name}\n state: ${pool.health}\nconfig:\n\n` +
    `\t${'NAME'.padEnd(22)}  STATE     READ WRITE CKSUM\n${line('', pool.name)}${line('  ', 'practice-disk')}` +
    '\nerrors: No known data errors\n'
  );
}

export async function status(process: Process): Promise<number> {
  const options = readOptions(process.argv.slice(1), 'DdegiLPpstvxT:c:');
  const { pools, missing } = findPools(process.system.machine, options.operands);
  for (const name of missing) await complain(process, `cannot open '${name}': no such pool\n`);
  const shown = options.has('x') ? pools.filter((pool) => pool.health !== 'ONLINE') : pools;
  if (options.has('x') && shown.length === 0 && missing.length === 0) await say(process, 'all pools are healthy\n');
  await say(process, shown.map(describe).join('\n'));
  return missing.length > 0 ? 1 : 0;
}
