/** Where an SSH connection goes: plain data, so that it can be handed to a worker thread. */

import { SluiceError } from '../../shared/model/failure.ts';
import { describeAddress, type Host } from '../../shared/model/host.ts';

export interface SshTarget {
  readonly user: string;
  /** A DNS name or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path of an unencrypted private key file; `~/` is this user's home. null: the SSH agent. */
  readonly identityFile: string | null;
  /** The pinned key, `SHA256:…` as `ssh-keygen -l` prints it. */
  readonly hostKey: string;
  /** The name in the host book, for messages. */
  readonly hostName: string;
}

/** `nas2 (root@10.0.0.7:22)`, as messages name a host. */
export const describeTarget = (target: Pick<SshTarget, 'hostName' | 'user' | 'host' | 'port'>): string =>
  `${target.hostName} (${describeAddress({ kind: 'ssh', user: target.user, host: target.host, port: target.port })})`;

/**
 * How a host of the book is reached over SSH.
 *
 * @returns null for this computer
 * @throws SluiceError `host-key-unknown` for an SSH host without a pinned key: nothing connects to it unseen (rule 7)
 */
export function targetOf(host: Host): SshTarget | null {
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
  return { user, host: address, port, identityFile: host.identityFile, hostKey: host.hostKey, hostName: host.name };
}
