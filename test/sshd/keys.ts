/** Throw-away keys for tests, made by `ssh-keygen`. */
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

/**
 * Makes a key pair `file` and `file.pub`.
 *
 * @param passphrase empty: none
 */
export function makeKey(file: string, type: KeyType, passphrase = ''): void {
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', passphrase, '-C', 'sluice-test', '-f', file]);
  chmodSync(file, 0o600);
}

/** `SHA256:…`, by `ssh-keygen` itself. */
export function fingerprint(file: string): string {
  const shown = execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', `${file}.pub`], { encoding: 'utf8' });
  const found = /SHA256:[A-Za-z0-9+/]{43}/.exec(shown);
  if (found === null) throw new Error(`ssh-keygen -l said: ${shown}`);
  return found[0];
}

export const publicKey = (file: string): string => readFileSync(`${file}.pub`, 'utf8').trim();
