/** `zfs load-key`, `unload-key` and `change-key`. */
import { digestOf, encryptionRoot } from '../model/encryption.ts';
import type { Dataset, Key, Machine } from '../model/machine.ts';
import { complain, type Process } from '../shell/process.ts';
import { readSecret } from './key-material.ts';
import { openDataset } from './names.ts';
import { readAssignments, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';

/** The commands about keys end with 255 where they fail (2.3.9). */
const REFUSED = 255;

function keyOf(machine: Machine, dataset: Dataset, act: 'load' | 'unload' | 'change'): Key {
  const refuse = (why: string) => new ZfsError(`Key ${act} error: ${why}`, REFUSED);
  const root = encryptionRoot(machine, dataset);
  if (root === null) throw refuse(`'${dataset.name}' is not encrypted.`);
  if (root !== dataset || dataset.key === null) {
    throw refuse(`Keys must be ${act}ed for encryption root of '${dataset.name}' (${root.name}).`);
  }
  return dataset.key;
}

function named(process: Process, spec: string) {
  const options = readOptions(process.argv.slice(1), spec);
  const [name, extra] = options.operands;
  if (name === undefined) throw new UsageError('Missing dataset argument or -a option');
  if (extra !== undefined) throw new UsageError('Cannot specify multiple dataset arguments');
  return { options, name, dataset: openDataset(process.system.machine, name) };
}

export async function loadKey(process: Process): Promise<number> {
  const { options, name, dataset } = named(process, 'nL:r');
  need(process, dataset, ['load-key'], `Key load error: Permission denied.`);
  const key = keyOf(process.system.machine, dataset, 'load');
  if (key.loaded && !options.has('n')) throw new ZfsError(`Key load error: Key already loaded for '${name}'.`, REFUSED);
  const secret = await readSecret(process, key.format, 'Key load error');
  if (digestOf(secret) !== key.digest) {
    throw new ZfsError(`Key load error: Incorrect key provided for '${name}'.`, REFUSED);
  }
  if (!options.has('n')) key.loaded = true;
  return 0;
}

export function unloadKey(process: Process): Promise<number> {
  const { machine } = process.system;
  const { name, dataset } = named(process, 'r');
  need(process, dataset, ['load-key'], `Key unload error: Permission denied.`);
  const key = keyOf(machine, dataset, 'unload');
  if (!key.loaded) throw new ZfsError(`Key unload error: Key already unloaded for '${name}'.`, REFUSED);
  const inUse = [dataset, ...machine.descendantsOf(dataset)].some(
    (one) => one.mounted && encryptionRoot(machine, one) === dataset,
  );
  if (inUse) throw new ZfsError(`Key unload error: '${name}' is busy.`, REFUSED);
  key.loaded = false;
  return Promise.resolve(0);
}

/** `-i`: the parent's key from now on. */
function inheritKey(machine: Machine, dataset: Dataset): void {
  const parent = machine.parentOf(dataset);
  const above = parent === null ? null : encryptionRoot(machine, parent);
  if (above === null) {
    throw new ZfsError(
      `Key change error: Root dataset '${dataset.name}' has no encrypted parent to inherit from.`,
      REFUSED,
    );
  }
  if (above.key?.loaded !== true) throw new ZfsError('Key change error: Parent key must be loaded.', REFUSED);
  dataset.key = null;
}

export async function changeKey(process: Process): Promise<number> {
  const { machine } = process.system;
  const { options, name, dataset } = named(process, 'lio:');
  need(process, dataset, ['change-key'], `Key change error: Permission denied.`);
  const given = readAssignments(options.values('o'));
  const root = encryptionRoot(machine, dataset);
  if (root === null) throw new ZfsError('Key change error: Dataset not encrypted.', REFUSED);
  if (root.key?.loaded !== true) {
    throw new ZfsError(`Key change error: Key must be loaded or loadable to change it.`, REFUSED);
  }
  if (options.has('i')) {
    if (root !== dataset) throw new ZfsError(`Key change error: Dataset not an encryption root.`, REFUSED);
    inheritKey(machine, dataset);
    return 0;
  }
  const format = given.get('keyformat') ?? (dataset.key === null ? null : dataset.key.format);
  if (format !== 'passphrase' && format !== 'hex' && format !== 'raw') {
    await complain(process, `cannot change key of '${name}': Keyformat required for new encryption root.\n`);
    return REFUSED;
  }
  const secret = await readSecret(process, format, 'Key change error');
  const location = given.get('keylocation') ?? dataset.key?.location ?? 'prompt';
  dataset.key = { format, location, digest: digestOf(secret), loaded: true };
  return 0;
}
