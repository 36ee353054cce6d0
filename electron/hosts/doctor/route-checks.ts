/** Whether a host can reach the other hosts of the book itself, as the direct route needs it, and meets the same keys there. */
import { toFailure } from '../../../shared/model/failure.ts';
import type { Host, SshAddress } from '../../../shared/model/host.ts';
import { wireCommand } from '../../../shared/zfs/wire.ts';
import type { Shell } from '../../ssh/index.ts';
import { parseKnownHosts } from '../../ssh/known-hosts.ts';
import { type Finding, line } from './line.ts';

/** Hosts that are asked about; more are not worth the time. */
const MOST = 6;
const SECONDS = 4;

const LOOPBACK = /^(localhost|127\.|::1$)/i;

/** Then no other check of the host will come to an end either. */
const GONE: ReadonlySet<string> = new Set(['connection-lost', 'connection-closed']);

interface Asked {
  readonly host: Host;
  readonly address: SshAddress;
}

async function look(shell: Shell, { host, address }: Asked): Promise<Finding> {
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
}

/** A host that is well is not ill because it cannot be asked about another: a name server that is silent takes all the time. */
async function routeCheck(shell: Shell, asked: Asked): Promise<Finding> {
  try {
    return await look(shell, asked);
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    if (GONE.has(code)) throw thrown;
    const { host, address } = asked;
    const unknown = `It could not be determined whether ${host.name} answers from here at ${address.host}:${address.port}.`;
    return line({
      code: `route-${host.name}`,
      title: `To ${host.name}`,
      state: 'notes',
      detail: `${unknown} ${message}`,
      evidence: { failure: code, pinned: host.hostKey },
    });
  }
}

/**
 * @param others the other hosts of the book
 * @returns one each; it rejects only if the connection is gone
 */
export function routeChecks(shell: Shell, others: readonly Host[]): Promise<Finding>[] {
  return others
    .flatMap((host) =>
      host.address.kind === 'ssh' && host.jump === null && host.hostKey !== null
        ? [{ host, address: host.address }]
        : [],
    )
    .filter(({ address }) => !LOOPBACK.test(address.host))
    .slice(0, MOST)
    .map((asked) => routeCheck(shell, asked));
}
