/** `zfs bookmark` */

import { addBookmark } from '../model/snapshots.ts';
import type { Process } from '../shell/process.ts';
import { datasetPart, labelPart, nameFault, openBookmark, openSnapshot } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { openOrUsage } from './snapshot.ts';

/** A name that begins with `@` or `#` belongs to the dataset of the other one. */
const completed = (name: string, other: string): string => (/^[@#]/.test(name) ? datasetPart(other) + name : name);

export function bookmark(process: Process): Promise<number> {
  const { machine } = process.system;
  const { operands } = readOptions(process.argv.slice(1), '');
  const [from, to, extra] = operands;
  if (from === undefined) throw new UsageError('missing source argument');
  if (to === undefined) throw new UsageError('missing bookmark argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const source = completed(from, to);
  const name = completed(to, from);
  if (!/[@#]/.test(source)) throw new UsageError(`invalid source name '${source}': must contain a '@' or '#'`);
  if (!name.includes('#')) throw new UsageError(`invalid bookmark name '${name}': must contain a '#'`);
  const found = openOrUsage(() =>
    source.includes('@') ? openSnapshot(machine, source) : openBookmark(machine, source),
  );
  const refuse = (fault: string) => new ZfsError(`cannot create bookmark '${name}': ${fault}`);
  const bad = nameFault(name);
  if (bad !== null) throw refuse(bad);
  if (datasetPart(name) !== found.dataset.name) {
    throw refuse("source is not an ancestor of the new bookmark's dataset");
  }
  const label = labelPart(name);
  if (found.dataset.bookmarks.some((one) => one.label === label)) throw refuse('bookmark exists');
  need(process, found.dataset, ['bookmark'], `cannot create bookmark '${name}': permission denied`);
  addBookmark(machine, found, label);
  return Promise.resolve(0);
}
