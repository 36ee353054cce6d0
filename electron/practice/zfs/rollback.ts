/** `zfs rollback` */

import { destroyDataset } from '../model/datasets.ts';
import { bookmarkName, type Machine, type Snapshot, snapshotName } from '../model/machine.ts';
import { destroyBookmark, destroySnapshot, rollBack } from '../model/snapshots.ts';
import type { Process } from '../shell/process.ts';
import { dependentsOf } from './dependents.ts';
import { openSnapshot } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';

/** Clones of newer snapshots, with all that hangs on them. */
function clonesAbove(machine: Machine, newer: readonly Snapshot[]) {
  return newer.flatMap((snapshot) => machine.clonesOf(snapshot).flatMap((clone) => dependentsOf(machine, clone)));
}

export function rollback(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'rRf');
  const [name, extra] = options.operands;
  if (name === undefined) throw new UsageError('missing dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (!name.includes('@')) throw new ZfsError(`cannot open '${name}': missing '@' delimiter in snapshot name`);
  const snapshot = openSnapshot(machine, name);
  const { dataset } = snapshot;
  const newer = dataset.snapshots.filter((one) => one.createtxg > snapshot.createtxg);
  const marks = dataset.bookmarks.filter((one) => one.createtxg > snapshot.createtxg);
  if (newer.length + marks.length > 0 && !options.has('r') && !options.has('R')) {
    const list = [...newer.map(snapshotName), ...marks.map(bookmarkName)];
    throw new ZfsError(
      `cannot rollback to '${name}': more recent snapshots or bookmarks exist\n` +
        `use '-r' to force deletion of the following snapshots and bookmarks:\n${list.join('\n')}`,
    );
  }
  const clones = clonesAbove(machine, newer);
  if (clones.length > 0 && !options.has('R')) {
    throw new ZfsError(
      `cannot rollback to '${name}': clones of previous snapshots exist\n` +
        `use '-R' to force deletion of the following clones and dependents:\n${clones.map((one) => one.name).join('\n')}`,
    );
  }
  const held = [...newer, ...clones.flatMap((one) => one.snapshot ?? [])].find((one) => one.holds.size > 0);
  if (held !== undefined) throw new ZfsError(`cannot destroy '${snapshotName(held)}': dataset is busy`);
  need(process, dataset, ['rollback', 'mount'], `cannot rollback '${name}': permission denied`);
  for (const one of clones) {
    if (one.snapshot === null) destroyDataset(machine, one.dataset);
    else destroySnapshot(machine, one.snapshot);
  }
  for (const one of newer) destroySnapshot(machine, one);
  for (const one of marks) destroyBookmark(machine, one);
  rollBack(machine, snapshot);
  return Promise.resolve(0);
}
