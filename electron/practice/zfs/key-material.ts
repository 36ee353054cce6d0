/** Keys as they come in on stdin, and the properties that say what key a new dataset has. */
import { DEFAULT_CIPHER, digestOf, encryptionRoot } from '../model/encryption.ts';
import type { Dataset, Key } from '../model/machine.ts';
import type { Process } from '../shell/process.ts';
import { ZfsError } from './options.ts';

const SHORTEST_PASSPHRASE = 8;
const LONGEST_PASSPHRASE = 512;
const KEY_BYTES = 32;

async function firstLine(process: Process): Promise<string> {
  let text = '';
  for (let data = await process.stdin.read(); data !== null; data = await process.stdin.read()) {
    text += data.toString('latin1');
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

/**
 * @param prefix how the message begins that refuses it
 * @throws ZfsError if it is too short or too long for its format
 */
export async function readSecret(
  process: Process,
  format: Key['format'],
  prefix: string,
  status = 255,
): Promise<string> {
  const secret = await firstLine(process);
  const refuse = (why: string) => new ZfsError(`${prefix}: ${why}`, status);
  if (format === 'passphrase') {
    if (secret.length < SHORTEST_PASSPHRASE) throw refuse(`Passphrase too short (min ${SHORTEST_PASSPHRASE}).`);
    if (secret.length > LONGEST_PASSPHRASE) throw refuse(`Passphrase too long (max ${LONGEST_PASSPHRASE}).`);
  } else if (format === 'hex') {
    if (!/^[0-9A-Fa-f]*$/.test(secret)) throw refuse('Invalid hex key provided.');
    if (secret.length !== KEY_BYTES * 2)
      throw refuse(`Hex key too ${secret.length < KEY_BYTES * 2 ? 'short' : 'long'} (expected ${KEY_BYTES * 2}).`);
  } else if (secret.length !== KEY_BYTES) {
    throw refuse(`Raw key too ${secret.length < KEY_BYTES ? 'short' : 'long'} (expected ${KEY_BYTES}).`);
  }
  return secret;
}

/** How a new dataset is encrypted: not at all, with its parent's key, or with one of its own. */
export interface Encryption {
  readonly cipher: string | null;
  readonly key: Key | null;
}

const KEY_PROPERTIES = ['keyformat', 'keylocation', 'pbkdf2iters'];

/**
 * Takes the properties about encryption out of `values`.
 * @throws ZfsError in the words of `zfs_crypto_create`
 */
export async function newEncryption(
  process: Process,
  parent: Dataset | null,
  values: Map<string, string>,
  refuse: (why: string) => ZfsError,
): Promise<Encryption> {
  const { machine } = process.system;
  const wanted = values.get('encryption');
  const format = values.get('keyformat');
  const location = values.get('keylocation') ?? 'prompt';
  const keyed = KEY_PROPERTIES.some((name) => values.has(name));
  for (const name of ['encryption', ...KEY_PROPERTIES]) values.delete(name);
  const inherited = wanted === undefined ? (parent?.cipher ?? null) : null;
  const cipher = wanted === undefined ? inherited : cipherNamed(wanted);
  if (cipher === null) {
    if (keyed) throw refuse('Encryption must be turned on to set encryption properties.');
    return { cipher: null, key: null };
  }
  const above = parent === null ? null : encryptionRoot(machine, parent);
  if (format === undefined) {
    if (above === null) throw refuse('Keyformat required for new encryption root.');
    if (above.key?.loaded !== true) throw refuse('Parent key must be loaded to create encrypted children.');
    return { cipher, key: null };
  }
  if (format !== 'passphrase' && format !== 'hex' && format !== 'raw') throw refuse(`bad keyformat '${format}'`);
  if (location !== 'prompt') throw refuse(`Failed to open key material file: No such file or directory.`);
  const secret = await readSecret(process, format, refuse('').message.replace(/: $/, ''), 1);
  return { cipher, key: { format, location, digest: digestOf(secret), loaded: true } };
}

/** @returns null for `off` */
function cipherNamed(value: string): string | null {
  if (value === 'off') return null;
  return value === 'on' ? DEFAULT_CIPHER : value;
}
