/** How a script or another tool reaches a host with the system's own ssh. */
import { describeAddress, type Host, type SshAddress } from '../model/host.ts';

export type HostAccess =
  | { readonly kind: 'local' }
  | {
      readonly kind: 'ssh';
      /** What follows `ssh` up to and with the host. */
      readonly argv: readonly string[];
      /** `root@nas:22` */
      readonly shown: string;
      /** The fingerprint pinned in the host book. */
      readonly hostKey: string | null;
    };

const hop = ({ user, host, port }: SshAddress): string => `${user}@${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Hosts between here and there, nearest first. */
function jumps(host: Host, named: (name: string) => Host, seen: readonly string[] = []): string[] {
  if (host.jump === null || seen.includes(host.jump)) return [];
  const through = named(host.jump);
  const earlier = jumps(through, named, [...seen, host.jump]);
  return through.address.kind === 'ssh' ? [...earlier, through.sshAlias ?? hop(through.address)] : earlier;
}

/**
 * Nothing is asked, an unknown or changed host key is refused, and a dead line is noticed after a minute.
 *
 * @param named the host of the book with that name
 */
export function accessOf(host: Host, named: (name: string) => Host): HostAccess {
  const { address } = host;
  if (address.kind === 'local') return { kind: 'local' };
  const through = host.sshAlias === null ? jumps(host, named) : [];
  return {
    kind: 'ssh',
    argv: [
      ...['-T', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'],
      ...['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=4'],
      ...(host.identityFile === null ? [] : ['-i', host.identityFile]),
      ...(through.length === 0 ? [] : ['-J', through.join(',')]),
      // A name of ~/.ssh/config brings its own user, port and way there.
      ...(host.sshAlias === null ? ['-l', address.user, '-p', String(address.port), address.host] : [host.sshAlias]),
    ],
    shown: describeAddress(address),
    hostKey: host.hostKey,
  };
}
