/** `zfs diff`: what changed between a snapshot and a later one, or the live filesystem. */
import { posix } from 'node:path';
import { effective } from '../model/properties.ts';
import type { StoredObject, Tree } from '../model/tree.ts';
import { type Process, say } from '../shell/process.ts';
import { datasetPart, openAny } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';

interface Difference {
  readonly mark: '+' | '-' | 'M' | 'R';
  readonly type: 'F' | '/';
  readonly path: string;
  readonly to?: string;
}

/** One file's difference, null if it is the same. */
function differ(was: StoredObject | undefined, is: StoredObject | undefined): Difference | null {
  if (was === undefined && is !== undefined) return { mark: '+', type: 'F', path: is.path };
  if (was !== undefined && is === undefined) return { mark: '-', type: 'F', path: was.path };
  if (was === undefined || is === undefined || was === is) return null;
  if (was.path !== is.path) return { mark: 'R', type: 'F', path: was.path, to: is.path };
  return { mark: 'M', type: 'F', path: is.path };
}

function differences(from: Tree, to: Tree): Difference[] {
  const ids = [...new Set([...from.objects.keys(), ...to.objects.keys()])].sort((a, b) => a - b);
  const files = ids.flatMap((id) => differ(from.objects.get(id), to.objects.get(id)) ?? []);
  const folders = new Set(
    files.filter(({ mark }) => mark !== 'M').flatMap(({ path, to: now }) => [path, now ?? path].map(folderOf)),
  );
  return [...[...folders].sort().map((path): Difference => ({ mark: 'M', type: '/', path })), ...files];
}

const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};

const UNMOUNTED = 'Cannot diff an unmounted snapshot: operation not applicable to datasets of this type';
const NOT_EARLIER = 'Unable to obtain diffs: \n   Not an earlier snapshot from the same fs';

export async function diff(process: Process): Promise<number> {
  const { machine } = process.system;
  const { operands, has } = readOptions(process.argv.slice(1), 'FHth');
  const [fromName, toName] = operands;
  if (fromName === undefined) throw new UsageError('must provide at least one snapshot name');
  if (operands.length > 2) throw new UsageError('too many arguments');
  if (!fromName.includes('@')) {
    throw new ZfsError(`Badly formed snapshot name ${fromName}: missing '@' delimiter in snapshot name`);
  }
  const dataset = openAny(machine, datasetPart(fromName));
  if ('dataset' in dataset || dataset.kind !== 'filesystem') {
    throw new ZfsError(`cannot open '${datasetPart(fromName)}': operation not applicable to datasets of this type`);
  }
  const from = machine.snapshot(fromName);
  const to = toName?.includes('@') ? machine.snapshot(toName) : dataset;
  if (toName !== undefined && !toName.includes('@') && toName !== dataset.name) {
    if (machine.dataset(toName) !== null) throw new ZfsError(NOT_EARLIER);
    throw new ZfsError(
      `cannot open '${toName}': dataset does not exist\nNot an earlier snapshot from the same fs: invalid name`,
    );
  }
  if (!dataset.mounted) throw new ZfsError(UNMOUNTED);
  if (from === null || to === null) throw new ZfsError('Unable to obtain diffs: No such file or directory');
  if ('tree' in to && (to.dataset !== dataset || to.createtxg <= from.createtxg)) throw new ZfsError(NOT_EARLIER);
  const root = effective(machine, dataset, 'mountpoint');
  const full = (path: string) => `${root === '/' ? '' : root}/${path}`;
  const lines = differences(from.tree, 'tree' in to ? to.tree : to.head).map((one) => {
    const paths = one.to === undefined ? full(one.path) : `${full(one.path)}${has('H') ? '\t' : ' -> '}${full(one.to)}`;
    const time = has('t') ? [`${'tree' in to ? to.creation : machine.now()}.000000000`] : [];
    return [...time, one.mark, ...(has('F') ? [one.type] : []), paths].join('\t');
  });
  await say(process, lines.map((line) => `${line}\n`).join(''));
  return 0;
}
