/** `zfs destroy`: a dataset, snapshots, or a bookmark. */

import { destroyDataset } from '../model/datasets.ts';
import { type Dataset, type Machine, type Snapshot, snapshotName } from '../model/machine.ts';
import { destroyBookmark, destroyDeferred, destroySnapshot } from '../model/snapshots.ts';
import { droppedBytes } from '../model/space.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { type Dependent, dependentsOf } from './dependents.ts';
import { datasetPart, labelPart, openDataset } from './names.ts';
import { type Options, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { niceBytes } from './show.ts';

const heldMessage = (snapshot: Snapshot): string => {
  const name = snapshotName(snapshot);
  return `cannot destroy snapshot ${name}: it's being held. Run 'zfs holds -r ${name}' to see holders.`;
};

/** `-v` says what is or would be destroyed; `-p` in columns. */
async function tell(process: Process, options: Options, names: readonly string[], bytes: number): Promise<void> {
  const dry = options.has('n');
  const lines = options.has('p')
    ? [...names.map((name) => `destroy\t${name}`), `reclaim\t${bytes}`]
    : [
        ...names.map((name) => `${dry ? 'would' : 'will'} destroy ${name}`),
        `${dry ? 'would' : 'will'} reclaim ${niceBytes(bytes)}`,
      ];
  if (options.has('v') || (dry && options.has('p'))) await say(process, `${lines.join('\n')}\n`);
}

/**
 * Destroys one after the other, snapshots together up to the next dataset, as 2.3.9 does: what stood before a snapshot
 * that is held is gone, and the dataset whose snapshot is held stays.
 * @returns what could not be destroyed
 */
function destroyAll(machine: Machine, doomed: readonly Dependent[]): string[] {
  const messages: string[] = [];
  let batch: Snapshot[] = [];
  const destroyBatch = (): boolean => {
    const held = batch.filter((one) => one.holds.size > 0);
    messages.push(...held.map(heldMessage));
    if (held.length === 0) for (const one of batch) destroySnapshot(machine, one);
    batch = [];
    return held.length === 0;
  };
  for (const one of doomed) {
    if (one.snapshot !== null) batch.push(one.snapshot);
    else if (destroyBatch()) destroyEmptied(machine, one.dataset, messages);
  }
  destroyBatch();
  return messages;
}

/** A dataset below which something is left cannot go. */
function destroyEmptied(machine: Machine, dataset: Dataset, messages: string[]): void {
  if (machine.childrenOf(dataset).length > 0) messages.push(`cannot destroy '${dataset.name}': dataset is busy`);
  else destroyDataset(machine, dataset);
}

const below = (name: string, dataset: Dataset): boolean =>
  /^[/@]/.test(name.slice(dataset.name.length)) && name.startsWith(dataset.name);

/** Refuses, with the list of what would go too, what was not asked for by `-r` or `-R`. */
function checkDependents(dataset: Dataset, others: readonly Dependent[], options: Options): void {
  const kind = dataset.kind;
  const refuse = (why: string, option: string, names: readonly string[]) =>
    new ZfsError(
      `cannot destroy '${dataset.name}': ${kind} has ${why}\n` +
        `use '-${option}' to destroy the following datasets:\n${names.join('\n')}`,
    );
  const own = others.filter((one) => below(one.name, dataset)).map((one) => one.name);
  const clones = others.filter((one) => !below(one.name, dataset)).map((one) => one.name);
  if (own.length > 0 && !options.has('r') && !options.has('R')) throw refuse('children', 'r', own);
  if (clones.length > 0 && !options.has('R')) throw refuse('dependent clones', 'R', clones);
}

async function destroyOne(process: Process, options: Options, name: string): Promise<number> {
  const { machine } = process.system;
  const dataset = openDataset(machine, name);
  const isPool = !name.includes('/');
  if (isPool && !options.has('r') && !options.has('R')) {
    throw new ZfsError(
      `cannot destroy '${name}': operation does not apply to pools\n` +
        `use 'zfs destroy -r ${name}' to destroy all datasets in the pool\n` +
        `use 'zpool destroy ${name}' to destroy the pool itself`,
    );
  }
  const doomed = dependentsOf(machine, dataset).filter((one) => !isPool || one.name !== name);
  checkDependents(
    dataset,
    doomed.filter((one) => one.name !== name),
    options,
  );
  if (doomed.some((one) => one.dataset.partial?.active === true)) {
    throw new ZfsError(`cannot destroy '${name}': dataset is busy`);
  }
  if (!options.has('n')) need(process, dataset, ['destroy', 'mount'], `cannot destroy '${name}': permission denied`);
  await tellOfDataset(process, options, doomed);
  const messages = options.has('n') ? [] : destroyAll(machine, doomed);
  for (const message of messages) await complain(process, `${message}\n`);
  return messages.length > 0 ? 1 : 0;
}

/** For datasets 2.3.9 names what goes, and not how much it frees. */
async function tellOfDataset(process: Process, options: Options, doomed: readonly Dependent[]): Promise<void> {
  if (!options.has('v')) return;
  const verb = options.has('n') ? 'would' : 'will';
  const lines = doomed.map((one) => (options.has('p') ? `destroy\t${one.name}` : `${verb} destroy ${one.name}`));
  await say(process, lines.map((line) => `${line}\n`).join(''));
}

/** `a`, `a,b`, `a%c` (from a to c), `%` (all). */
function pick(dataset: Dataset, spec: string): Snapshot[] {
  return spec.split(',').flatMap((part) => {
    if (!part.includes('%')) return dataset.snapshots.filter((one) => one.label === part);
    const [from = '', to = ''] = part.split('%');
    const labels = dataset.snapshots.map((one) => one.label);
    const first = from === '' ? 0 : labels.indexOf(from);
    const last = to === '' ? labels.length - 1 : labels.indexOf(to);
    return first < 0 || last < 0 ? [] : dataset.snapshots.slice(first, last + 1);
  });
}

/** What would be freed: runs of neighbours free more together than one by one. */
function reclaimed(doomed: readonly Snapshot[]): number {
  let sum = 0;
  for (const dataset of new Set(doomed.map((one) => one.dataset))) {
    const gone = new Set(doomed.filter((one) => one.dataset === dataset));
    let kept = dataset.origin?.createtxg ?? 0;
    dataset.snapshots.forEach((snapshot, index) => {
      const next = dataset.snapshots[index + 1]?.tree ?? dataset.head;
      if (gone.has(snapshot)) sum += droppedBytes(snapshot.tree, next, kept);
      else kept = snapshot.createtxg;
    });
  }
  return sum;
}

async function destroySnapshots(process: Process, options: Options, name: string): Promise<number> {
  const { machine, dialect } = process.system;
  const dataset = openDataset(machine, datasetPart(name));
  const datasets = options.has('r') || options.has('R') ? [dataset, ...machine.descendantsOf(dataset)] : [dataset];
  const doomed = datasets.flatMap((one) => pick(one, labelPart(name)));
  if (doomed.length === 0 && dialect.old) throw new ZfsError(`cannot open '${name}': dataset does not exist`);
  if (doomed.length === 0) throw new ZfsError('could not find any snapshots to destroy; check snapshot names.');
  if (!options.has('d')) {
    const cloned = doomed.find((one) => machine.dependentsOf(one).length > 0);
    if (cloned !== undefined && !options.has('R')) {
      if (options.has('v')) await say(process, `would destroy ${snapshotName(cloned)}\n`);
      throw clonedError(machine, cloned);
    }
    const clones = doomed.flatMap((one) => machine.clonesOf(one).flatMap((clone) => dependentsOf(machine, clone)));
    const messages = options.has('n') ? [] : destroyAll(machine, clones);
    for (const message of messages) await complain(process, `${message}\n`);
    if (messages.length > 0) return 1;
  }
  await tell(process, options, doomed.map(snapshotName), reclaimed(doomed));
  if (options.has('n')) return 0;
  for (const { dataset: of } of doomed)
    need(process, of, ['destroy', 'mount'], 'cannot destroy snapshots: permission denied');
  const held = options.has('d') ? [] : doomed.filter((one) => one.holds.size > 0);
  for (const one of held)
    await complain(
      process,
      dialect.old ? `cannot destroy '${snapshotName(one)}': dataset is busy\n` : `${heldMessage(one)}\n`,
    );
  if (held.length > 0) return 1;
  for (const one of doomed) {
    if (options.has('d')) destroyDeferred(machine, one);
    else destroySnapshot(machine, one);
  }
  return 0;
}

function clonedError(machine: Machine, snapshot: Snapshot): ZfsError {
  const clones = machine.clonesOf(snapshot).flatMap((clone) => dependentsOf(machine, clone).map((one) => one.name));
  const hidden = machine.dependentsOf(snapshot).filter((name) => name.endsWith('/%recv'));
  return new ZfsError(
    `cannot destroy '${snapshotName(snapshot)}': snapshot has dependent clones\n` +
      `use '-R' to destroy the following datasets:\n${[...clones, ...hidden].join('\n')}`,
  );
}

export async function destroy(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'vpndfrR');
  const [name, extra] = options.operands;
  if (name === undefined) throw new UsageError('missing dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (name.includes('@')) return destroySnapshots(process, options, name);
  if (!name.includes('#')) return destroyOne(process, options, name);
  const bookmark = machine.bookmark(name);
  if (bookmark === null) throw new ZfsError(`bookmark '${name}' does not exist.`);
  need(process, bookmark.dataset, ['destroy'], `cannot destroy bookmark '${name}': permission denied`);
  destroyBookmark(machine, bookmark);
  return 0;
}
