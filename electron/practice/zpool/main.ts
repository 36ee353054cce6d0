/** The `zpool` command, as far as it reads: `list`, `get`, `status`, `version`. */

import { complain, type Process, type Program } from '../shell/process.ts';
import { UsageError, ZfsError } from '../zfs/options.ts';
import { version } from '../zfs/version.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { status } from './status.ts';
import { poolUsageOf, poolUsageOfAll } from './usage.ts';

const VERBS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['list', list],
  ['get', get],
  ['status', status],
  ['version', version],
]);

export async function runZpool(process: Process): Promise<number> {
  const [, name, ...words] = process.argv;
  const isOlder = name === 'version' && process.system.dialect.version === null;
  const verb = name === undefined || isOlder ? undefined : VERBS.get(name);
  if (name === undefined || verb === undefined) {
    const first = name === undefined ? 'missing command' : `unrecognized command '${name}'`;
    await complain(process, `${first}\n${poolUsageOfAll()}`);
    return 2;
  }
  try {
    return await verb({ ...process, argv: [name, ...words] });
  } catch (error) {
    if (error instanceof UsageError) {
      await complain(process, `${error.message === '' ? '' : `${error.message}\n`}${poolUsageOf(name)}`);
      return 2;
    }
    if (!(error instanceof ZfsError)) throw error;
    await complain(process, `${error.message}\n`);
    return error.status;
  }
}
