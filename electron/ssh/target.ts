/** Where an SSH connection goes: plain data, so that it can be handed to a worker thread. */
import { SluiceError } from '../../shared/model/failure.ts';
import { describeAddress, type Host, type HostTiming } from '../../shared/model/host.ts';
import type { Peer } from './faults.ts';
import { wayTo } from './way.ts';

export interface SshTarget {
  readonly user: string;
  /** A DNS name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path of a private key file; `~/` is this user's home. null: the SSH agent, then the usual files in ~/.ssh. */
  readonly identityFile: string | null;
  /** The pinned key, `SHA256:…` as `ssh-keygen -l` prints it. */
  readonly hostKey: string;
  /** The name in the host book, for messages. */
  readonly hostName: string;
  /** The host through which this one is reached. */
  readonly jump?: SshTarget;
  /** Another agent than the usual one. */
  readonly agent?: string;
  /** What the system's own ssh is called with; without one, the address. */
  readonly alias?: string;
  /** True: the system's own ssh carries. */
  readonly system?: boolean;
  readonly timing?: HostTiming;
}

/** `nas2 (root@10.0.0.7:22)`, as messages name a host. */
export const describeTarget = (target: Pick<SshTarget, 'hostName' | 'user' | 'host' | 'port'>): string =>
  `${target.hostName} (${describeAddress({ kind: 'ssh', user: target.user, host: target.host, port: target.port })})`;

export const peerOf = (target: SshTarget): Peer => ({
  described: describeTarget(target),
  host: target.host,
  port: target.port,
  hostName: target.hostName,
});

/**
 * Names an account where its secrets are kept: `root@nas2:22`, and `root@10.0.0.7:22 through ann@edge:22` where others are jumped
 * through, for behind another jump the same private address is another host. No address has a space.
 */
export function accountOf({ user, host, port, jump }: Pick<SshTarget, 'user' | 'host' | 'port' | 'jump'>): string {
  const address = describeAddress({ kind: 'ssh', user, host, port });
  return jump === undefined ? address : `${address} through ${accountOf(jump)}`;
}

function oneTarget(host: Host, jump: SshTarget | undefined): SshTarget | null {
  if (host.address.kind === 'local') return null;
  if (host.hostKey === null) {
    throw new SluiceError({
      code: 'host-key-unknown',
      message: `No host key is pinned for ${host.name} (${describeAddress(host.address)}).`,
      cause: 'Without one, nobody can tell this host from another that answers at its address.',
      next: 'Look at the host key that it shows, compare it with the one on the host, and add the host with it.',
      evidence: { host: host.name },
    });
  }
  const { user, host: address, port } = host.address;
  return {
    user,
    host: address,
    port,
    identityFile: host.identityFile,
    hostKey: host.hostKey,
    hostName: host.name,
    ...(jump === undefined ? {} : { jump }),
    ...(host.agent === null ? {} : { agent: host.agent }),
    ...(host.sshAlias === null ? {} : { alias: host.sshAlias }),
    ...(host.carrier === 'system' ? { system: true } : {}),
    ...(Object.values(host.timing).some((value) => value !== null) ? { timing: host.timing } : {}),
  };
}

/**
 * How a host of the book is reached over SSH.
 *
 * @param book where the hosts that it jumps through are found; without it there are none
 * @returns null for this computer
 * @throws SluiceError `host-key-unknown` for an SSH host without a pinned key: nothing connects to it unseen;
 *   `jump-unknown`, `jump-circle`
 */
export function targetOf(host: Host, book: readonly Host[] = []): SshTarget | null {
  let jump: SshTarget | undefined;
  for (const hop of wayTo(host, book)) jump = oneTarget(hop, jump) ?? undefined;
  return oneTarget(host, jump);
}
