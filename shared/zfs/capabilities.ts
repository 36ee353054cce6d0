/** What a host's ZFS can do, read from what its tools say of themselves (reference: `zfs send` and `zfs receive` usage). */
import type { Capabilities, Dialect, Zfs } from '../model/inventory.ts';

/** The commands whose answers {@link describeZfs} reads; they change nothing and need no rights. */
export const probeCommands = [
  ['uname', '-srv'],
  ['id', '-u'],
  ['zfs', 'version'],
  ['zfs', 'send'],
  ['zfs', 'receive'],
] as const;

/** Letters of every `-abc`, `[-abc]`, `-[iI]` and `-[i|I]` in a usage text; long options are left out. */
export function readOptionLetters(usage: string): string[] {
  const letters = new Set<string>();
  for (const match of usage.matchAll(/(?<![-\w])-(?:\[([A-Za-z|]+)\]|([A-Za-z]+))/g))
    for (const letter of (match[1] ?? match[2] ?? '').replaceAll('|', '')) letters.add(letter);
  return [...letters].sort();
}

/** Only the usage lines of one subcommand: some tools print the usage of all. */
function usageOf(subcommand: 'send' | 'receive', text: string): string {
  const lines = text.split('\n');
  const names = subcommand === 'send' ? /^\s+send\b/ : /^\s+(receive|recv)\b/;
  const other = /^\s+[a-z-]+ (\[|<|-)/;
  let inside = false;
  return lines
    .filter((line) => {
      if (names.test(line)) inside = true;
      else if (other.test(line)) inside = false;
      return inside;
    })
    .join('\n');
}

export interface ProbeAnswers {
  readonly uname: string;
  readonly zfsVersion: { readonly status: number; readonly stdout: string };
  /** Usage texts, from stderr. */
  readonly sendUsage: string;
  readonly receiveUsage: string;
}

function dialectOf(answers: ProbeAnswers, send: readonly string[]): Dialect {
  const { uname } = answers;
  if (/^SunOS/.test(uname)) return /illumos|omnios|joyent|openindiana|tribblix/i.test(uname) ? 'illumos' : 'solaris';
  if (answers.zfsVersion.status === 0) return 'openzfs';
  // OpenZFS 0.7 has no `zfs version` but resumable sends; zfs-fuse 0.7 has neither.
  return send.includes('t') ? 'openzfs' : 'legacy';
}

function capabilitiesOf(dialect: Dialect, send: string[], receive: string[]): Capabilities {
  const modern = dialect === 'openzfs' || dialect === 'illumos';
  return {
    send,
    // zfs-fuse's receive knows -u and -e without showing them (seen on 0.7).
    receive: dialect === 'legacy' ? [...new Set([...receive, 'u', 'e'])].sort() : receive,
    bookmarks: modern,
    // zfs-fuse takes holds, but lists them only as `internal error: /usr/lib/zfs/pyzfs.py not found`.
    holds: dialect !== 'legacy',
    parsableList: modern,
    written: dialect !== 'legacy',
  };
}

/** @returns null if there are no ZFS tools on the host */
export function describeZfs(answers: ProbeAnswers): Zfs | null {
  const send = readOptionLetters(usageOf('send', answers.sendUsage));
  const receive = readOptionLetters(usageOf('receive', answers.receiveUsage));
  if (send.length === 0 || receive.length === 0) return null;
  const dialect = dialectOf(answers, send);
  const [tools, kernel] = answers.zfsVersion.status === 0 ? answers.zfsVersion.stdout.trim().split('\n') : [];
  return {
    dialect,
    version: tools?.replace(/^zfs-/, '') ?? null,
    kernel: kernel?.replace(/^zfs-kmod-/, '') ?? null,
    system: answers.uname.trim(),
    capabilities: capabilitiesOf(dialect, send, receive),
  };
}

/** `OpenZFS 2.3.9-0+deb13u1`, for people. */
export function showZfs(zfs: Zfs): string {
  const names: Record<Dialect, string> = {
    openzfs: 'OpenZFS',
    illumos: 'illumos ZFS',
    solaris: 'Solaris ZFS',
    legacy: 'an early ZFS (pool version 28 or before)',
  };
  return zfs.version === null ? names[zfs.dialect] : `${names[zfs.dialect]} ${zfs.version}`;
}
