/** `zfs version`: the version whose behaviour the practice host has. */
import { type Process, say } from '../shell/process.ts';
import { readOptions } from './options.ts';

export async function version(process: Process): Promise<number> {
  readOptions(process.argv.slice(1), '');
  const { version: own } = process.system.dialect;
  await say(process, `zfs-${own}\nzfs-kmod-${own}\n`);
  return 0;
}
