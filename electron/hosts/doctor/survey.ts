/** What the doctor asks a host besides its inventory, in one round trip; nothing of it changes anything. */
import type { Host } from '../../../shared/model/host.ts';
import type { BatchPart } from '../../../shared/zfs/wire.ts';
import { collectAll, type Shell } from '../../ssh/index.ts';

export interface Tool {
  /** As the host's PATH finds it. */
  readonly path: string;
  /** Behind symbolic links: Debian 13 has /usr/bin/zfs as one, and sudo goes by the path behind it. */
  readonly real: string;
}

export interface Survey {
  /** What the login shell is called, by the account's own record; null if unknown. */
  readonly shell: string | null;
  /** False if commands do not run at all; `shellStderr` says why. */
  readonly runs: boolean;
  readonly shellStderr: string;
  readonly user: string;
  readonly uid: number | null;
  readonly groups: readonly string[];
  /** Host's clock minus ours, in seconds; 0 within the round trip's precision; null if unknown. */
  readonly clockSeconds: number | null;
  /** Paths of the tools that were found, by name. */
  readonly tools: Readonly<Record<string, Tool>>;
  /** Answer of `zfs list` to the plain user. */
  readonly zfsList: BatchPart | null;
  /** Command lines of sends and receives under way; empty where `ps` does not show them. */
  readonly transfers: readonly string[];
  /** `sudo -n true`: 0, or what it says. */
  readonly sudo: BatchPart | null;
  /** `sshd -T`, which only root may ask, also through sudo; null for others. */
  readonly sshd: ReadonlyMap<string, string> | null;
}

const TOOLS = ['zfs', 'zpool', 'mbuffer', 'pv', 'zstd', 'lz4', 'ssh', 'sudo', 'doas', 'pfexec'];

const FIXED: readonly (readonly string[])[] = [
  ['sh', '-c', 'echo "$SHELL"'],
  ['id', '-un'],
  ['id', '-u'],
  ['id', '-Gn'],
  ['date', '+%s'],
  [
    'sh',
    '-c',
    `for t in ${TOOLS.join(' ')}; do p=$(command -v "$t") && r=$(readlink -f "$p" 2>/dev/null); [ -n "$p" ] && echo "$t $p $r"; r=; done; true`,
  ],
  ['zfs', 'list', '-H', '-o', 'name', '-d', '0'],
  ['ps', '-eo', 'args'],
  ['sudo', '-n', 'true'],
  ['sh', '-c', 'if [ "$(id -u)" = 0 ]; then sshd -T; else sudo -n true && sudo -n sshd -T; fi'],
];

const textOf = (part: BatchPart | null | undefined): string => part?.stdout.trim() ?? '';

function readSshd(part: BatchPart | null | undefined): Map<string, string> | null {
  if (part?.status !== 0) return null;
  return new Map(
    part.stdout.split('\n').map((text) => {
      const at = text.indexOf(' ');
      return [text.slice(0, at), text.slice(at + 1).trim()];
    }),
  );
}

/** Whole seconds by which a time lies before or after a span; the host was asked at some instant of it. */
const outside = (time: number, from: number, to: number): number =>
  time < from - 1 ? Math.round(time - from) : time > to + 1 ? Math.round(time - to) : 0;

/** @throws SluiceError if the line breaks */
export async function surveyHost(shell: Shell, host: Host): Promise<Survey> {
  const asksSudo = host.privilege === 'auto' || host.privilege === 'sudo';
  const before = Date.now();
  const { parts, instead } = await collectAll(shell, FIXED);
  const [shellName, user, uid, groups, date, tools, zfsList, ps, sudo, sshd] = parts;
  const after = Date.now();
  const clock = Number(textOf(date));
  return {
    runs: parts.every((part) => part !== null),
    shellStderr: instead,
    shell: textOf(shellName) || null,
    user: textOf(user),
    uid: /^\d+$/.test(textOf(uid)) ? Number(textOf(uid)) : null,
    groups: textOf(groups).split(/\s+/).filter(Boolean),
    clockSeconds: date?.status === 0 && clock > 0 ? outside(clock, before / 1000, after / 1000) : null,
    tools: Object.fromEntries(
      textOf(tools)
        .split('\n')
        .flatMap((text) => {
          const [name, path, real] = text.split(' ');
          return name && path ? [[name, { path, real: real || path }]] : [];
        }),
    ),
    zfsList: zfsList ?? null,
    transfers: textOf(ps)
      .split('\n')
      .filter((text) => /^(\S*\/)?zfs (send|receive|recv)\b/.test(text.trim()))
      .map((text) => text.trim()),
    sudo: asksSudo ? (sudo ?? null) : null,
    sshd: readSshd(sshd),
  };
}

/** As the commands of a replication look; sudo matches arguments, too. */
const TRIALS: readonly (readonly [string, string, ...string[]])[] = [
  ['zfs', 'list', '-H'],
  ['zpool', 'list', '-H'],
  ['zfs', 'send', '-v', 'p/d@s'],
  ['zfs', 'hold', 't', 'p/d@s'],
  ['zfs', 'release', 't', 'p/d@s'],
  ['zfs', 'bookmark', 'p/d@s', 'p/d#s'],
  ['zfs', 'receive', '-s', '-u', 'p/d'],
  ['zfs', 'create', 'p/d'],
  ['zfs', 'set', 'readonly=on', 'p/d'],
];

/**
 * What sudo or doas lets not through. sudo is asked (`-l COMMAND`: would it be allowed?) without running anything. doas answers
 * such questions to those alone who may read its configuration, so each verb is run without arguments, which zfs answers with how
 * it is used; doas itself says "doas: Operation not permitted", or "doas: Authentication required".
 *
 * @returns what is refused without a password, as `zfs send`
 */
export async function readRefusals(shell: Shell, by: 'sudo' | 'doas'): Promise<string[]> {
  const commands = TRIALS.map((argv) =>
    by === 'sudo' ? ['sudo', '-n', '-l', ...argv] : ['doas', '-n', ...argv.slice(0, 2)],
  );
  const { parts } = await collectAll(shell, commands);
  const refused = (part: BatchPart | null | undefined): boolean =>
    by === 'sudo' ? part?.status !== 0 : part == null || /^doas: /m.test(part.stderr);
  return TRIALS.flatMap(([tool, verb], index) => (refused(parts[index]) ? [`${tool} ${verb}`] : []));
}
