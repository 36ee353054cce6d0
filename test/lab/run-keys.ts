import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNTS, type LabHostName } from './types.ts';

/** What lets the lab's users in, fresh for every run; nothing of it is in the image. */
export interface RunKeys {
  /** Private key, OpenSSH format, no passphrase. */
  identityFile: string;
  /** Random, the same for every account of every host. */
  password: string;
  /** Its SHA-512 crypt, for the hosts' shadow files. */
  passwordHash: string;
}

/** What one host is given at boot: the files of `directory`, under these names in its /run/lab. */
export interface Seed {
  directory: string;
  /** `SHA256:…`, as ssh-keygen -l and ssh print it. */
  hostKeyFingerprint: string;
  /** The public host key: `ssh-ed25519 AAAA…`. */
  hostKey: string;
}

/** @param directory private to root; the key pair is written there. */
export function makeRunKeys(directory: string): RunKeys {
  const identityFile = join(directory, 'id_ed25519');
  generateKey(identityFile, 'sluice-lab');
  const password = randomBytes(16).toString('hex');
  // SHA-512 crypt, which both Debian's shadow and the older sshd here understand; yescrypt would be slow under emulation.
  const passwordHash = execFileSync('openssl', ['passwd', '-6', '-stdin'], {
    input: password,
    encoding: 'utf8',
  }).trim();
  return { identityFile, password, passwordHash };
}

/** Makes the host's own key and the files it reads at boot. */
export function makeSeed(directory: string, name: LabHostName, keys: RunKeys): Seed {
  // Passable: a guest unpacks it with its mode, and sshd reads authorized_keys as the account that logs in.
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const hostKeyFile = join(directory, 'ssh_host_ed25519_key');
  generateKey(hostKeyFile, name);
  copyFileSync(`${keys.identityFile}.pub`, join(directory, 'authorized_keys'));
  writeFileSync(join(directory, 'hostname'), `${name}\n`);
  const passwords = Object.values(ACCOUNTS).map((account) => `${account}:${keys.passwordHash}\n`);
  writeFileSync(join(directory, 'passwords'), passwords.join(''), { mode: 0o600 });
  const [type = '', blob = ''] = readFileSync(`${hostKeyFile}.pub`, 'utf8').split(' ');
  return { directory, hostKey: `${type} ${blob}`, hostKeyFingerprint: fingerprintOf(blob) };
}

/** @param blob the base64 part of a public key line. */
function fingerprintOf(blob: string): string {
  const digest = createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

function generateKey(file: string, comment: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', file]);
}
