/** `zfs mount` and `zfs unmount`: only the state changes, nothing appears anywhere. */
import { isLocked } from '../model/encryption.ts';
import type { Dataset } from '../model/machine.ts';
import { mount, mountIfWanted } from '../model/mounts.ts';
import { effective } from '../model/properties.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { openDataset } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';

function filesystem(process: Process, name: string): Dataset {
  const dataset = openDataset(process.system.machine, name);
  if (dataset.kind === 'filesystem') return dataset;
  throw new ZfsError(`cannot open '${name}': operation not applicable to datasets of this type`);
}

async function showMounts(process: Process): Promise<number> {
  const { machine } = process.system;
  const mounted = machine.all().filter((one) => one.mounted);
  const rows = mounted.map((one) => `${one.name.padEnd(30)}  ${effective(machine, one, 'mountpoint')}\n`);
  await say(process, rows.join(''));
  return 0;
}

const PARTIAL = 'Contains partially-completed state from "zfs receive -s", which can be resumed with "zfs send -t"';

function refusal(process: Process, dataset: Dataset): string | null {
  const { machine } = process.system;
  const { name } = dataset;
  if (dataset.mounted) return `cannot mount '${name}': filesystem already mounted`;
  if (dataset.partial?.kind === 'full') return `cannot mount '${name}': ${PARTIAL}`;
  if (effective(machine, dataset, 'canmount') === 'off')
    return `cannot mount '${name}': 'canmount' property is set to 'off'`;
  const mountpoint = effective(machine, dataset, 'mountpoint');
  if (mountpoint === 'none') return `cannot mount '${name}': no mountpoint set`;
  if (mountpoint === 'legacy')
    return `cannot mount '${name}': legacy mountpoint\nuse mount(8) to mount this filesystem`;
  if (isLocked(machine, dataset)) return `cannot mount '${name}': encryption key not loaded`;
  return mount(machine, dataset);
}

export async function mountVerb(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'aflo:vORj');
  const [name, extra] = options.operands;
  if (options.has('a')) {
    const messages = machine.all().flatMap((one) => mountIfWanted(machine, one) ?? []);
    for (const message of messages) await complain(process, `${message}\n`);
    return messages.length > 0 ? 1 : 0;
  }
  if (name === undefined) return showMounts(process);
  if (extra !== undefined) throw new UsageError('too many arguments');
  const fault = refusal(process, filesystem(process, name));
  if (fault !== null) throw new ZfsError(fault);
  return 0;
}

export function unmount(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'afu');
  const [name, extra] = options.operands;
  if (options.has('a')) {
    for (const one of machine.all()) one.mounted = false;
    return Promise.resolve(0);
  }
  if (name === undefined) throw new UsageError('missing filesystem argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const byPath = name.startsWith('/')
    ? machine.all().find((one) => one.mounted && effective(machine, one, 'mountpoint') === name)
    : undefined;
  const dataset = byPath ?? filesystem(process, name);
  if (!dataset.mounted) throw new ZfsError(`cannot unmount '${name}': not currently mounted`);
  for (const one of [dataset, ...machine.descendantsOf(dataset)]) one.mounted = false;
  return Promise.resolve(0);
}
