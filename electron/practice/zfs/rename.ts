/** `zfs rename` */

import type { Process } from '../shell/process.ts';
import { createParents } from './create.ts';
import { datasetPart, labelPart, nameFault, openAny, parentName, poolName } from './names.ts';
import { type Options, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';

function renameSnapshot(process: Process, from: string, to: string, options: Options): void {
  const { machine } = process.system;
  const target = openAny(machine, from);
  if (!('tree' in target))
    throw new ZfsError(`cannot open '${from}': operation not applicable to datasets of this type`);
  const label = to.includes('@') ? labelPart(to) : to;
  if (to.includes('@') && datasetPart(to) !== '' && datasetPart(to) !== target.dataset.name) {
    throw new ZfsError(`cannot rename to '${to}': snapshots must be part of same dataset`);
  }
  const bad = nameFault(`${target.dataset.name}@${label}`);
  if (bad !== null) throw new ZfsError(`cannot rename to '${to}': ${bad}`);
  const datasets = options.has('r') ? [target.dataset, ...machine.descendantsOf(target.dataset)] : [target.dataset];
  const renamed = datasets.flatMap((one) => one.snapshots.filter((snapshot) => snapshot.label === labelPart(from)));
  if (datasets.some((one) => one.snapshots.some((snapshot) => snapshot.label === label))) {
    throw new ZfsError(`cannot rename '${from}': dataset already exists`);
  }
  for (const one of datasets) need(process, one, ['rename'], `cannot rename '${from}': permission denied`);
  for (const snapshot of renamed) snapshot.label = label;
}

function renameDataset(process: Process, from: string, to: string, options: Options): void {
  const { machine } = process.system;
  const dataset = openAny(machine, from);
  if ('dataset' in dataset)
    throw new ZfsError(`cannot open '${from}': operation not applicable to datasets of this type`);
  const refuse = (fault: string) => new ZfsError(`cannot rename to '${to}': ${fault}`);
  const bad = to.includes('@') ? "snapshot delimiter '@' is not expected here" : nameFault(to);
  if (bad !== null) throw refuse(bad);
  if (to.startsWith(`${from}/`)) throw refuse('New dataset name cannot be a descendant of current dataset name');
  if (poolName(to) !== dataset.pool.name) throw refuse('datasets must be within same pool');
  if (options.has('p')) createParents(machine, to);
  if (machine.dataset(parentName(to)) === null) throw new ZfsError(`cannot create '${to}': parent does not exist`);
  if (machine.dataset(to) !== null) throw new ZfsError(`cannot rename '${from}': dataset already exists`);
  need(process, dataset, ['rename', 'create', 'mount'], `cannot rename '${from}': permission denied`);
  machine.tick(dataset.pool);
  machine.rename(dataset, to);
}

export function rename(process: Process): Promise<number> {
  const options = readOptions(process.argv.slice(1), 'pruf');
  const [from, to, extra] = options.operands;
  if (from === undefined) throw new UsageError('missing source dataset argument');
  if (to === undefined) throw new UsageError('missing target dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (options.has('r') && options.has('p')) throw new UsageError('-r and -p options are mutually exclusive');
  if (options.has('r') && !from.includes('@'))
    throw new UsageError('source dataset for recursive rename must be a snapshot');
  if (from.includes('@')) renameSnapshot(process, from, to, options);
  else renameDataset(process, from, to, options);
  return Promise.resolve(0);
}
