/** Whether a host can reach the other hosts of the book itself, as the direct route needs it, and meets the same keys there. */
import type { Host } from '../../../shared/model/host.ts';
import { wireCommand } from '../../../shared/zfs/wire.ts';
import type { Shell } from '../../ssh/index.ts';
import { parseKnownHosts } from '../../ssh/known-hosts.ts';
import { type Finding, line } from './line.ts';

/** Hosts that are asked about; more are not worth the time. */
const MOST = 6;
const SECONDS = 4;

const LOOPBACK = /^(localhost|127\.|::1$)/i;

/** @param others the other hosts of the book */
export function routeChecks(shell: Shell, others: readonly Host[]): Promise<Finding>[] {
  const asked = others
    .flatMap((host) =>
      host.address.kind === 'ssh' && host.jump === null && host.hostKey !== null
        ? [{ host, address: host.address }]
        : [],
    )
    .filter(({ address }) => !LOOPBACK.test(address.host))
    .slice(0, MOST);
  return asked.map(async ({ host, address }): Promise<Finding> => {
    const argv = ['ssh-keyscan', '-T', String(SECONDS), '-p', String(address.port), address.host];
    const { stdout, status } = await shell.collect(wireCommand(argv), { timeoutMs: 4 * SECONDS * 1000 });
    const seen = parseKnownHosts(stdout).map(({ fingerprint }) => fingerprint);
    const same = host.hostKey !== null && seen.includes(host.hostKey);
    const detail =
      seen.length === 0
        ? `${host.name} does not answer from here at ${address.host}:${address.port}, so data between the two goes through this computer.`
        : same
          ? `${host.name} answers from here at ${address.host}:${address.port}, with its pinned key: the direct route is possible.`
          : `Something answers from here at ${address.host}:${address.port}, but not with the key of ${host.name}.`;
    return line({
      code: `route-${host.name}`,
      title: `To ${host.name}`,
      state: same ? 'ok' : 'notes',
      detail,
      evidence: { status, seen, pinned: host.hostKey },
    });
  });
}
