/** `zfs set` */

import type { Dataset, Machine } from '../model/machine.ts';
import { remount } from '../model/mounts.ts';
import { kindOf, type Target } from '../model/properties.ts';
import { isUserProperty } from '../model/property-table.ts';
import { availableBytes, charges, limitOf, referencedBytes } from '../model/space.ts';
import { complain, type Process } from '../shell/process.ts';
import { openAny } from './names.ts';
import { readAssignments, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { checkProperties } from './validate.ts';

/** `zfs set` ends with 255 where a property could not be set (2.3.9). */
const NOT_SET = 255;

function tooSmall(machine: Machine, dataset: Dataset, values: ReadonlyMap<string, string>): boolean {
  const below = (name: string, used: number) => {
    const limit = Number(values.get(name) ?? 0);
    return limit > 0 && limit < used;
  };
  return below('quota', charges(machine, dataset).used) || below('refquota', referencedBytes(dataset.head));
}

function tooLarge(machine: Machine, dataset: Dataset, values: ReadonlyMap<string, string>): boolean {
  const more = Number(values.get('reservation') ?? 0) - limitOf(dataset, 'reservation');
  return more > availableBytes(machine, dataset);
}

/** Puts the values in force; a received value stays known. */
export function putLocal(target: Target, values: ReadonlyMap<string, string>): void {
  if (!('settings' in target)) return;
  for (const [name, value] of values) {
    const received = target.settings.get(name)?.received;
    target.settings.set(name, { local: value, ...(received === undefined ? {} : { received }) });
  }
}

/** Mounts and unmounts what a new mountpoint or canmount asks for. @returns messages */
function follow(machine: Machine, dataset: Dataset, values: ReadonlyMap<string, string>): string[] {
  if (values.has('mountpoint')) return remount(machine, dataset, 'mountpoint');
  return values.has('canmount') ? remount(machine, dataset, 'canmount') : [];
}

function apply(process: Process, name: string, wanted: ReadonlyMap<string, string>, mounting: boolean): string[] {
  const { machine } = process.system;
  const target = openAny(machine, name);
  const refuse = (fault: string) =>
    new ZfsError(`cannot set property for '${name}': ${fault}`, process.system.dialect.old ? 1 : NOT_SET);
  const checked = checkProperties(wanted, kindOf(target), false);
  if (!checked.ok) throw refuse(checked.fault);
  const dataset = 'dataset' in target ? null : target;
  if (dataset !== null && tooSmall(machine, dataset, checked.values)) {
    throw refuse('size is less than current used or reserved space');
  }
  for (const key of checked.values.keys()) {
    need(
      process,
      'dataset' in target ? target.dataset : target,
      [isUserProperty(key) ? 'userprop' : key],
      refuse('permission denied'),
    );
  }
  if (dataset !== null && tooLarge(machine, dataset, checked.values)) {
    throw refuse('size is greater than available space');
  }
  putLocal(target, checked.values);
  return dataset !== null && mounting ? follow(machine, dataset, checked.values) : [];
}

export async function set(process: Process): Promise<number> {
  const { operands, has } = readOptions(process.argv.slice(1), 'u');
  const first = operands.findIndex((word) => !word.includes('='));
  if (operands.length === 0) throw new UsageError('missing arguments');
  if (first < 0) throw new UsageError('missing dataset name(s)');
  const wanted = readAssignments(operands.slice(0, first));
  let status = 0;
  for (const name of operands.slice(first)) {
    try {
      const messages = apply(process, name, wanted, !has('u'));
      for (const message of messages) await complain(process, `${message}\n`);
      if (messages.length > 0) await complain(process, 'property may be set but unable to remount filesystem\n');
    } catch (error) {
      if (!(error instanceof ZfsError)) throw error;
      await complain(process, `${error.message}\n`);
      status = Math.max(status, error.status);
    }
  }
  return status;
}
