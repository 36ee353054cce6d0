/** The `zfs` command: finds the verb, and turns what it throws into messages and statuses. */
import { complain, type Process, type Program } from '../shell/process.ts';
import { allow, unallow } from './allow.ts';
import { bookmark } from './bookmark.ts';
import { clone } from './clone.ts';
import { create } from './create.ts';
import { destroy } from './destroy.ts';
import { diff } from './diff.ts';
import { get } from './get.ts';
import { hold, holds, release } from './hold.ts';
import { inherit } from './inherit.ts';
import { changeKey, loadKey, unloadKey } from './keys.ts';
import { list } from './list.ts';
import { mountVerb, unmount } from './mount.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';
import { promoteVerb } from './promote.ts';
import { receive } from './receive.ts';
import { rename } from './rename.ts';
import { rollback } from './rollback.ts';
import { send } from './send.ts';
import { set } from './set.ts';
import { snapshot } from './snapshot.ts';
import { isVerb, usageOf, usageOfAll, type Verb } from './usage.ts';
import { version } from './version.ts';

const VERBS: Readonly<Record<Verb, Program>> = {
  version,
  create,
  destroy,
  snapshot,
  rollback,
  clone,
  promote: promoteVerb,
  rename,
  bookmark,
  diff,
  list,
  set,
  get,
  inherit,
  mount: mountVerb,
  unmount,
  send,
  receive,
  allow,
  unallow,
  hold,
  holds,
  release,
  'load-key': loadKey,
  'unload-key': unloadKey,
  'change-key': changeKey,
};

const ALIASES: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['recv', 'receive'],
  ['snap', 'snapshot'],
  ['umount', 'unmount'],
  ['-V', 'version'],
  ['--version', 'version'],
]);

/** @param process argv is `zfs VERB …`; the verb's own program sees `VERB …` */
export async function runZfs(process: Process): Promise<number> {
  const [, given, ...words] = process.argv;
  const { dialect } = process.system;
  if (given === undefined) {
    await complain(process, `missing command\n${usageOfAll(dialect)}`);
    return 2;
  }
  const name = ALIASES.get(given) ?? given;
  if (!isVerb(name) || dialect.verbs[name] === null) {
    await complain(process, `unrecognized command '${given}'\n${usageOfAll(dialect)}`);
    return 2;
  }
  try {
    // Letters that only others know are refused before the verb sees them.
    const form = dialect.verbs[name];
    if (form != null) readOptions(words, form.options);
    return await VERBS[name]({ ...process, argv: [name, ...words] });
  } catch (error) {
    if (error instanceof UsageError) {
      await complain(process, `${error.message === '' ? '' : `${error.message}\n`}${usageOf(name, dialect)}`);
      return 2;
    }
    if (!(error instanceof ZfsError)) throw error;
    await complain(process, `${error.message}\n`);
    return error.status;
  }
}
