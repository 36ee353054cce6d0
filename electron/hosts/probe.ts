/** What a host's ZFS is and with which rights commands run there; asked once a connection. */
import { SluiceError } from '../../shared/model/failure.ts';
import type { Host, Privilege } from '../../shared/model/host.ts';
import type { Zfs } from '../../shared/model/inventory.ts';
import { describeZfs, probeCommands } from '../../shared/zfs/capabilities.ts';
import type { BatchPart } from '../../shared/zfs/wire.ts';
import { collectAll } from '../ssh/collect-all.ts';
import type { Shell } from '../ssh/shell.ts';
import { identityCommand, type ToolMemory } from './tool-memory.ts';

export interface HostTools {
  readonly zfs: Zfs;
  readonly elevation: readonly string[];
  /** True if commands run with root's rights. */
  readonly root: boolean;
}

type Way = Exclude<Privilege, 'auto' | 'none'>;
const WAYS = ['sudo', 'doas', 'pfexec'] as const;

const elevations: Record<Way, readonly string[]> = {
  sudo: ['sudo', '-n'],
  doas: ['doas', '-n'],
  pfexec: ['pfexec'],
};

/** A harmless command that shows whether zfs may be run with elevation. */
const trial = ['zfs', 'list', '-H', '-o', 'name'];

/**
 * Without a profile pfexec runs a command with the rights the user has anyway (pfexec(1)), so that it works says nothing. The
 * profiles' names are those of illumos and Solaris 11; `profiles` lists also those inside others.
 */
const PFEXEC_TRIAL =
  `case "$(profiles)" in *"ZFS File System Management"*|*"Primary Administrator"*) exec pfexec zfs list -H -o name;; esac
echo "No profile of the user has ZFS File System Management." >&2; exit 1`.replaceAll('\n', '; ');

const trialOf = (way: Way): readonly string[] =>
  way === 'pfexec' ? ['sh', '-c', PFEXEC_TRIAL] : [...elevations[way], ...trial];

function missing(host: string): SluiceError {
  return new SluiceError({
    code: 'zfs-missing',
    message: `There is no zfs command on ${host}.`,
    cause: 'It is neither on the PATH of a non-interactive login nor in /usr/sbin, /sbin, /usr/local/sbin.',
    next: 'Install ZFS there (Debian: zfsutils-linux and zfs-dkms), or choose another host.',
  });
}

/** What keeps it silent, such as a module that is not loaded or zfs-fuse's daemon, is the doctor's to find out. */
function notAnswering(host: string, stderr: string): SluiceError {
  return new SluiceError({
    code: 'zfs-not-answering',
    message: `There is zfs on ${host}, but it does not say what it can do.`,
    cause: stderr.trim().split('\n')[0] ?? '',
    next: 'Check the host: that finds out whether a module, a daemon or permissions are missing.',
    stderr: { source: stderr },
    evidence: { hostName: host },
  });
}

/** How the shell reports a missing command (POSIX, 2.8.2). */
const NOT_FOUND = 127;

type Part = BatchPart | null | undefined;

const isRoot = (id: Part): boolean => id?.stdout.trim() === '0';

const describe = ([uname, version, send, receive]: readonly Part[]): Zfs | null =>
  describeZfs({
    uname: uname?.stdout ?? '',
    zfsVersion: version ?? { status: 127, stdout: '' },
    sendUsage: send?.stderr ?? '',
    receiveUsage: receive?.stderr ?? '',
  });

async function describeAs(shell: Shell, elevation: readonly string[], uname: Part): Promise<Zfs | null> {
  const verbs = ['version', 'send', 'receive'].map((verb) => [...elevation, 'zfs', verb]);
  const { parts } = await collectAll(shell, verbs);
  return describe([uname, ...parts]);
}

interface Found {
  readonly zfs: Zfs | null;
  readonly root: boolean;
  readonly trials: readonly Part[];
  /** Of `describeAs`, if `zfs` is null. */
  readonly uname: Part;
  /** What zfs said instead of how it is used; null where there is none. */
  readonly said: string | null;
}

/** Everything in one round trip. */
async function askAll(shell: Shell, host: Host, ways: readonly Way[], memory: ToolMemory | null): Promise<Found> {
  const { parts } = await collectAll(shell, [...probeCommands, identityCommand, ...ways.map(trialOf)]);
  const [uname, id, version, send, receive, identity, ...trials] = parts;
  const zfs = describe([uname, version, send, receive]);
  if (zfs !== null && identity?.status === 0) memory?.remember(host, identity.stdout, zfs);
  const isThere = send != null && send.status !== NOT_FOUND;
  const said = isThere ? `${send.stderr}${receive?.stderr ?? ''}` : null;
  return { zfs, root: isRoot(id), trials, uname, said };
}

/** Only whether the programs are still those that are remembered; null if not. The ways to rights are tried each time. */
async function askAgain(shell: Shell, host: Host, ways: readonly Way[], memory: ToolMemory): Promise<Found | null> {
  if (!memory.knows(host)) return null;
  const first = await collectAll(shell, [identityCommand, ['id', '-u']]);
  const [identity, id] = first.parts;
  const zfs = identity?.status === 0 ? memory.recall(host, identity.stdout) : null;
  if (zfs === null) return null;
  if (isRoot(id)) return { zfs, root: true, trials: [], uname: null, said: null };
  const { parts } = await collectAll(shell, ways.map(trialOf));
  return { zfs, root: false, trials: parts, uname: null, said: null };
}

/**
 * @param memory of what hosts were found to be; null: ask everything
 * @throws SluiceError `zfs-missing`, `zfs-not-answering`, `elevation-refused` (the elevation set in the host book does not work), or what the connection says
 */
export async function probeHost(shell: Shell, host: Host, memory: ToolMemory | null = null): Promise<HostTools> {
  const ways = WAYS.filter((way) => host.privilege === 'auto' || host.privilege === way);
  const remembered = memory === null ? null : await askAgain(shell, host, ways, memory);
  const { root, trials, uname, ...found } = remembered ?? (await askAll(shell, host, ways, memory));
  const way = ways.find((_, index) => trials[index]?.status === 0);
  const zfs =
    found.zfs ??
    // To users without rights zfs may not even say how it is used: zfs-fuse's "connect: Permission denied", a closed /dev/zfs.
    (way === undefined ? null : await describeAs(shell, elevations[way], uname));
  if (zfs === null) throw found.said === null ? missing(host.name) : notAnswering(host.name, found.said);
  if (root) return { zfs, elevation: [], root: true };
  if (way !== undefined) return { zfs, elevation: elevations[way], root: way !== 'pfexec' };
  if (host.privilege !== 'auto' && host.privilege !== 'none') {
    throw new SluiceError({
      code: 'elevation-refused',
      message: `${elevations[host.privilege].join(' ')} zfs does not work on ${host.name} without a password.`,
      cause: trials[0]?.stderr.trim() ?? '',
      next: 'Allow the user to run zfs and zpool without a password there, or choose another way to get privileges on this host.',
      stderr: { source: trials[0]?.stderr ?? '' },
    });
  }
  return { zfs, elevation: [], root: false };
}
