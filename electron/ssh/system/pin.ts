/** Holds the system's ssh to one host key: its own known_hosts files are left out, a command of ours answers for them. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FingerprintSchema } from '../../../shared/model/host.ts';
import type { ShownKey } from '../faults.ts';

/** `KnownHostsCommand` (OpenSSH 8.5) is given fingerprint, name, type and key (ssh_config(5), TOKENS). */
const script = (pinned: string, seen: string): string =>
  `#!/bin/sh
# Tells ssh the one key that is pinned for this host.
case "$1" in SHA256:*) printf '%s %s %s\\n' "$1" "$3" "$4" >> '${seen}';; esac
[ "$1" = '${pinned}' ] && printf '%s %s %s\\n' "$2" "$3" "$4"
exit 0
`;

const NO_KEY = 'none';

export interface Pin {
  /** For ssh's command line. */
  readonly options: readonly string[];
  /** A path for the control socket; its folder is this user's alone. */
  readonly controlPath: string;
  /** Where all of it lies. */
  readonly folder: string;
  /** The keys that ssh met so far. */
  seen(): readonly (ShownKey & { readonly key: Buffer })[];
  remove(): void;
}

/** @param pinned the only fingerprint that is accepted; null: none, to look at the key */
export function pinKey(pinned: string | null): Pin {
  if (pinned !== null && !FingerprintSchema.safeParse(pinned).success) throw new RangeError('Not a fingerprint.');
  // Short: a control socket's path has some hundred bytes at most.
  const folder = mkdtempSync(join(tmpdir(), 'slc-'));
  const [file, seen] = [join(folder, 'key.sh'), join(folder, 'seen')];
  if (/['"\\\s%]/.test(folder)) throw new RangeError(`The temporary folder ${folder} cannot be used in an ssh option.`);
  writeFileSync(file, script(pinned ?? NO_KEY, seen), { mode: 0o700 });
  appendFileSync(seen, '', { mode: 0o600 });
  const settings = [
    'StrictHostKeyChecking=yes',
    'UserKnownHostsFile=/dev/null',
    'GlobalKnownHostsFile=/dev/null',
    'UpdateHostKeys=no',
    `KnownHostsCommand=/bin/sh ${file} %f %H %t %K`,
  ];
  return {
    options: settings.flatMap((setting) => ['-o', setting]),
    controlPath: join(folder, 'c'),
    folder,
    seen: () =>
      (existsSync(seen) ? readFileSync(seen, 'utf8') : '').split('\n').flatMap((line) => {
        const [fingerprint, type, key] = line.split(' ');
        const whole = fingerprint !== undefined && type !== undefined && key !== undefined;
        return whole && FingerprintSchema.safeParse(fingerprint).success
          ? [{ fingerprint, type, key: Buffer.from(key, 'base64') }]
          : [];
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
