/** `zfs create` */
import { addDataset, sizeVolume } from '../model/datasets.ts';
import type { Dataset, Machine, Pool, Settings } from '../model/machine.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { effective } from '../model/properties.ts';
import { availableBytes } from '../model/space.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { newEncryption } from './key-material.ts';
import { nameFault, parentName, poolName } from './names.ts';
import { type Options, readAssignments, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { parseSize } from './show.ts';
import { checkProperties } from './validate.ts';

/** Makes the filesystems above `name` that are missing. */
export function createParents(machine: Machine, name: string): void {
  const parts = name.split('/').slice(0, -1);
  parts.forEach((_, index) => {
    const at = parts.slice(0, index + 1).join('/');
    const pool = machine.pools.get(parts[0] ?? '');
    if (pool === undefined || machine.dataset(at) !== null) return;
    const above = machine.dataset(parentName(at));
    mountIfWanted(machine, addDataset(machine, pool, { name: at, kind: 'filesystem', cipher: above?.cipher ?? null }));
  });
}

/**
 * The pool in which a dataset of this name can be made.
 * @throws ZfsError `cannot create …`
 */
export function placeFor(machine: Machine, name: string, parents: boolean): Pool {
  const refuse = (fault: string) => new ZfsError(`cannot create '${name}': ${fault}`);
  const delimiter = /[@#]/.exec(name)?.[0];
  if (delimiter !== undefined) {
    throw refuse(`${delimiter === '@' ? 'snapshot' : 'bookmark'} delimiter '${delimiter}' is not expected here`);
  }
  const bad = nameFault(name);
  if (bad !== null && bad !== 'name must begin with a letter') throw refuse(bad);
  if (!name.includes('/'))
    throw refuse(machine.dataset(name) === null ? 'missing dataset name' : 'dataset already exists');
  const pool = machine.pools.get(poolName(name));
  if (pool === undefined) throw refuse(`no such pool '${poolName(name)}'`);
  if (pool.readonly) throw refuse('pool is read-only');
  if (machine.dataset(name) !== null) throw refuse('dataset already exists');
  const parent = machine.dataset(parentName(name));
  if (parent === null && !parents) throw refuse('parent does not exist');
  if (parent?.kind === 'volume') throw refuse('parent is not a filesystem');
  return pool;
}

/** A volume reserves its size and the metadata for it, in whole mebibytes more (`zvol_volsize_to_reservation`). */
const reservationFor = (volsize: number): number => volsize + 2 * 1024 * 1024;

function volumeSettings(machine: Machine, name: string, options: Options, values: Map<string, string>): void {
  const given = options.value('V') ?? '';
  const size = parseSize(given);
  if (size === null) throw new ZfsError(`bad volume size '${given}': bad numeric value '${given}'`);
  if (size === 0) throw new ZfsError(`cannot create '${name}': volume size cannot be zero`);
  values.set('volsize', String(size));
  const block = options.value('b');
  if (block !== null) values.set('volblocksize', String(parseSize(block) ?? 0));
  if (!options.has('s')) values.set('refreservation', String(reservationFor(size)));
  const parent = machine.dataset(parentName(name));
  if (!options.has('s') && parent !== null && availableBytes(machine, parent) < size) {
    throw new ZfsError(`cannot create '${name}': out of space`);
  }
}

async function make(process: Process, name: string, options: Options): Promise<Dataset> {
  const { machine } = process.system;
  const kind = options.has('V') ? 'volume' : 'filesystem';
  const given = readAssignments(options.values('o'));
  const pool = placeFor(machine, name, options.has('p'));
  const checked = checkProperties(given, kind, true);
  if (!checked.ok) throw new ZfsError(`cannot create '${name}': ${checked.fault}`);
  const parent = machine.dataset(parentName(name));
  const refuse = (why: string) => new ZfsError(`cannot create '${name}': ${why}`);
  if (parent !== null) need(process, parent, ['create', 'mount'], `cannot create '${name}': permission denied`);
  const encryption = await newEncryption(process, parent, checked.values, refuse);
  if (kind === 'volume') volumeSettings(machine, name, options, checked.values);
  const settings: Settings = new Map([...checked.values].map(([key, local]) => [key, { local }]));
  if (options.has('p')) createParents(machine, name);
  const dataset = addDataset(machine, pool, { name, kind, settings, ...encryption });
  if (kind === 'volume') sizeVolume(dataset, Number(checked.values.get('volsize')));
  return dataset;
}

const SMALLEST_BLOCK = 16_384;

export async function create(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'b:no:psuvPV:');
  const [name, extra] = options.operands;
  const what = options.has('V') ? 'volume' : 'filesystem';
  if (name === undefined) throw new UsageError(`missing ${what} argument`);
  if (extra !== undefined) throw new UsageError('too many arguments');
  if (options.has('p') && machine.dataset(name) !== null) return 0;
  if (options.has('n')) {
    placeFor(machine, name, options.has('p'));
    if (options.has('v')) await say(process, `would create ${name}\n`);
    return 0;
  }
  const dataset = await make(process, name, options);
  const block = Number(dataset.settings.get('volblocksize')?.local ?? SMALLEST_BLOCK);
  if (what === 'volume' && block < SMALLEST_BLOCK) {
    await complain(
      process,
      `Warning: volblocksize (${block}) is less than the default minimum block size (${SMALLEST_BLOCK}).\n` +
        `To reduce wasted space a volblocksize of ${SMALLEST_BLOCK} is recommended.\n`,
    );
  }
  if (options.has('v')) await say(process, `create ${name}\n`);
  const wantsMount =
    !options.has('u') && dataset.kind === 'filesystem' && effective(machine, dataset, 'canmount') === 'on';
  if (wantsMount && !process.user.root) {
    await complain(process, 'filesystem successfully created, but it may only be mounted by root\n');
    return 1;
  }
  const message = options.has('u') ? null : mountIfWanted(machine, dataset);
  if (message === null) return 0;
  await complain(process, `${message}\nfilesystem successfully created, but not mounted\n`);
  return 1;
}
