/** `zfs snapshot` */

import type { Dataset } from '../model/machine.ts';
import { takeSnapshots } from '../model/snapshots.ts';
import type { Process } from '../shell/process.ts';
import { datasetPart, labelPart, nameFault, openDataset } from './names.ts';
import { readAssignments, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { checkProperties } from './validate.ts';

interface Wanted {
  readonly dataset: Dataset;
  readonly label: string;
}

/** What stands in the way of one snapshot, in ZFS's words. */
function fault({ dataset, label }: Wanted): string | null {
  const name = `${dataset.name}@${label}`;
  if (dataset.snapshots.some((one) => one.label === label)) {
    return `cannot create snapshot '${name}': dataset already exists`;
  }
  if (dataset.partial?.kind === 'full') return `cannot create snapshot '${name}': dataset is busy`;
  return dataset.pool.readonly ? 'cannot create snapshots : pool is read-only' : null;
}

export function snapshot(process: Process): Promise<number> {
  const { machine, dialect } = process.system;
  const options = readOptions(process.argv.slice(1), 'ro:');
  const properties = readAssignments(options.values('o'));
  if (options.operands.length === 0) throw new UsageError('missing snapshot argument');
  const wanted = options.operands.flatMap((name): Wanted[] => {
    if (!name.includes('@')) throw new UsageError('');
    const bad = nameFault(name);
    if (bad !== null) throw new ZfsError(`cannot create snapshot '${name}': ${bad}`);
    const dataset = dialect.old
      ? openDataset(machine, datasetPart(name))
      : openOrUsage(() => openDataset(machine, datasetPart(name)));
    const all = options.has('r') ? [dataset, ...machine.descendantsOf(dataset)] : [dataset];
    return all.map((one) => ({ dataset: one, label: labelPart(name) }));
  });
  const checked = checkProperties(properties, 'snapshot', true);
  if (!checked.ok) throw new ZfsError(`cannot create snapshots : ${checked.fault}`);
  const faults = wanted.flatMap((one) => fault(one) ?? []);
  if (faults.length > 0) {
    throw new ZfsError([...new Set(faults), ...(wanted.length > 1 ? ['no snapshots were created'] : [])].join('\n'));
  }
  for (const { dataset } of wanted) need(process, dataset, ['snapshot'], 'cannot create snapshots : permission denied');
  const settings = new Map([...checked.values].map(([name, value]) => [name, { local: value }]));
  takeSnapshots(machine, wanted, settings);
  return Promise.resolve(0);
}

/** A missing dataset is followed by the verb's usage, status 2 (2.3.9). */
export function openOrUsage<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw error instanceof ZfsError ? new UsageError(error.message) : error;
  }
}
