/** Keys of the practice hosts: host keys are made at every start; the user's is kept in a file only the user can read. */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';

export interface KeyPair {
  /** OpenSSH private key. */
  readonly private: string;
  /** The public key as it travels in the protocol. */
  readonly blob: Buffer;
}

export function makeKey(comment: string): KeyPair {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    // About one in 400 that ssh2 1.17 makes it cannot read itself: "Malformed OpenSSH private key".
    if (ssh2.utils.parseKey(made.private) instanceof Error) continue;
    return { private: made.private, blob: Buffer.from(made.public.split(' ')[1] ?? '', 'base64') };
  }
}

/** As `ssh-keygen -l` prints it. */
export const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

const FILE = 'id_ed25519';

function readKey(text: string): KeyPair | null {
  const key = ssh2.utils.parseKey(text);
  return key instanceof Error || key.type !== 'ssh-ed25519' ? null : { private: text, blob: key.getPublicSSH() };
}

const noFile = (error: NodeJS.ErrnoException): null => {
  if (error.code !== 'ENOENT') throw error;
  return null;
};

/**
 * The key in a folder, made if there is none: two Sluices with one state folder share it.
 * @returns the key and the path of its file, mode 0600 in a folder of mode 0700
 */
export async function identityIn(folder: string): Promise<{ key: KeyPair; file: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, FILE);
  const known = readKey((await readFile(file, 'utf8').catch(noFile)) ?? '');
  if (known !== null) {
    await chmod(file, 0o600);
    return { key: known, file };
  }
  const key = makeKey('sluice practice');
  // A file beside it, moved into place: nobody ever reads half a key, or one that others may read.
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, key.private, { mode: 0o600 });
  await rename(fresh, file);
  return { key, file };
}
