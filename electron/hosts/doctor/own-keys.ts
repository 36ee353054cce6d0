/** Keys of Sluice's own for hosts that are logged in to by password so far: ed25519, in the state folder, for its owner only. */
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { wireCommand } from '../../../shared/zfs/wire.ts';
import type { Shell } from '../../ssh/index.ts';

export interface OwnKey {
  readonly file: string;
  readonly private: string;
  /** The line for authorized_keys. */
  readonly line: string;
}

/** A host's key: the one that is kept for it, else a new one that is not yet written anywhere. */
export function ownKeyFor(stateDir: string, hostName: string): OwnKey {
  const file = join(stateDir, 'keys', `${hostName}_ed25519`);
  const comment = `sluice-${hostName}`;
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8');
    const key = ssh2.utils.parseKey(kept);
    if (!(key instanceof Error) && key.isPrivateKey()) {
      return { file, private: kept, line: `${key.type} ${key.getPublicSSH().toString('base64')} ${comment}` };
    }
  }
  const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
  return { file, private: made.private, line: made.public.trim() };
}

/** Writes the private half, readable for its owner only, in one step. */
export async function saveOwnKey(key: OwnKey): Promise<void> {
  await mkdir(join(key.file, '..'), { recursive: true, mode: 0o700 });
  const half = `${key.file}.new`;
  await writeFile(half, key.private, { mode: 0o600 });
  await chmod(half, 0o600);
  await rename(half, key.file);
}

/** Adds `$1` to authorized_keys unless it is there; a last line without its end is not run together with it. */
const ADD = `umask 077; d="$HOME/.ssh"; f="$d/authorized_keys"; mkdir -p "$d" && touch "$f" || exit 1
grep -qxF -e "$1" "$f" && exit 0
[ -s "$f" ] && [ -n "$(tail -c 1 "$f")" ] && echo >> "$f"
printf '%s\\n' "$1" >> "$f"`.replaceAll('\n', '; ');

/** @returns status and stderr of the command; @throws SluiceError if the line breaks */
export async function authorise(shell: Shell, key: OwnKey): Promise<{ status: number | null; stderr: string }> {
  return await shell.collect(wireCommand(['sh', '-c', ADD, 'sh', key.line]));
}
