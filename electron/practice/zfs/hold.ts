/** `zfs hold`, `zfs release`, `zfs holds` */

import { type Snapshot, snapshotName } from '../model/machine.ts';
import { release as releaseHold } from '../model/snapshots.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { datasetPart, labelPart, openDataset } from './names.ts';
import { type Options, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { niceDate, table } from './show.ts';

/** The snapshot of that name, and with `-r` those of the same label below. */
function snapshotsOf(process: Process, name: string, recursive: boolean): Snapshot[] {
  const { machine } = process.system;
  if (!name.includes('@')) throw new ZfsError(`'${name}' is not a snapshot`);
  const dataset = openDataset(machine, datasetPart(name));
  const all = recursive ? [dataset, ...machine.descendantsOf(dataset)] : [dataset];
  const label = labelPart(name);
  return all.flatMap((one) => one.snapshots.filter((snapshot) => snapshot.label === label));
}

/** Does it for each snapshot named; a failure is told and the rest is done all the same. */
async function eachSnapshot(
  process: Process,
  options: Options,
  names: readonly string[],
  act: (found: Snapshot[], name: string) => void,
): Promise<number> {
  let status = 0;
  for (const name of names) {
    try {
      act(snapshotsOf(process, name, options.has('r')), name);
    } catch (error) {
      if (!(error instanceof ZfsError)) throw error;
      await complain(process, `${error.message}\n`);
      status = error.status;
    }
  }
  return status;
}

function tagAndNames(options: Options): [string, string[]] {
  const [tag, ...names] = options.operands;
  if (tag === undefined || names.length === 0) throw new UsageError('');
  return [tag, names];
}

export function hold(process: Process): Promise<number> {
  const options = readOptions(process.argv.slice(1), 'rt');
  const [tag, names] = tagAndNames(options);
  if (tag.startsWith('.')) throw new UsageError("tag may not start with '.'");
  return eachSnapshot(process, options, names, (found, name) => {
    const refuse = (fault: string) => new ZfsError(`cannot hold snapshot '${name}': ${fault}`);
    if (found.length === 0) throw refuse('dataset does not exist');
    if (found.some((snapshot) => snapshot.holds.has(tag))) throw refuse('tag already exists on this dataset');
    for (const { dataset } of found) need(process, dataset, ['hold'], 'cannot hold: permission denied');
    for (const snapshot of found) snapshot.holds.set(tag, process.system.machine.now());
  });
}

export function release(process: Process): Promise<number> {
  const options = readOptions(process.argv.slice(1), 'rt');
  const [tag, names] = tagAndNames(options);
  return eachSnapshot(process, options, names, (found, name) => {
    const refuse = (fault: string) => new ZfsError(`cannot release hold from snapshot '${name}': ${fault}`);
    if (found.length === 0) throw refuse('dataset does not exist');
    for (const { dataset } of found)
      need(process, dataset, ['release'], `cannot release hold from snapshot '${name}': permission denied`);
    const held = found.filter((snapshot) => releaseHold(process.system.machine, snapshot, tag));
    if (held.length === 0) throw refuse('no such tag on this dataset');
  });
}

export async function holds(process: Process): Promise<number> {
  const options = readOptions(process.argv.slice(1), 'rHp');
  if (options.operands.length === 0) throw new UsageError('');
  const found: Snapshot[] = [];
  const errors: string[] = [];
  for (const name of options.operands) {
    try {
      const snapshots = snapshotsOf(process, name, options.has('r'));
      if (snapshots.length === 0) throw new ZfsError(`cannot open '${name}': dataset does not exist`);
      found.push(...snapshots);
    } catch (error) {
      if (!(error instanceof ZfsError)) throw error;
      errors.push(error.message);
    }
  }
  const rows = found.flatMap((snapshot) =>
    [...snapshot.holds].map(([tag, at]) => [
      snapshotName(snapshot),
      tag,
      options.has('p') ? String(at) : niceDate(at, '0'),
    ]),
  );
  const names = found.map(snapshotName);
  await say(process, holdTable(rows, names, options.has('H')));
  if (found.length === 0) errors.push('no datasets available');
  for (const error of errors) await complain(process, `${error}\n`);
  return errors.length > 0 ? 1 : 0;
}

/** The first column is as wide as the longest snapshot looked at, held or not. */
function holdTable(rows: readonly string[][], names: readonly string[], scripted: boolean): string {
  const width = Math.max(0, ...names.map((name) => name.length));
  return table(rows, ['NAME'.padEnd(width), 'TAG', 'TIMESTAMP'], scripted);
}
