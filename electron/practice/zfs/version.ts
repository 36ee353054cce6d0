/** `zfs version`: the version whose behaviour the practice hosts have. */
import { type Process, say } from '../shell/process.ts';
import { readOptions } from './options.ts';

const VERSION = '2.3.9-0+deb13u1';

export async function version(process: Process): Promise<number> {
  readOptions(process.argv.slice(1), '');
  await say(process, `zfs-${VERSION}\nzfs-kmod-${VERSION}\n`);
  return 0;
}
