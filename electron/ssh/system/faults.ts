/** What the system's own ssh says when it does not connect, as the failures that Sluice's SSH has for the same. */
import type { FailureParts } from '../../../shared/model/failure.ts';
import { hostKeyChanged, loginRefused, type Peer, type ShownKey } from '../faults.ts';

const PASSING: readonly (readonly [RegExp, string, string])[] = [
  [
    /Could not resolve hostname/i,
    'host-not-found',
    'Check the name, and that this computer is on the network where it is known.',
  ],
  [/Connection refused/i, 'connection-refused', 'Check that the SSH server runs there.'],
  [
    /timed out|No route to host|Network is unreachable/i,
    'host-unreachable',
    'Check that the host is switched on, and that no firewall is in the way.',
  ],
];

const lastLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(-1) ?? 'It said nothing.';

/** The direct route's key is in this process, and only Sluice's own SSH can forward it. */
export const lendsNoKey = (peer: Peer): FailureParts => ({
  code: 'system-ssh-agent',
  message: `${peer.described} is reached by this computer's own ssh, which cannot use the key of a run.`,
  next: 'Choose the route through this computer.',
  evidence: { host: peer.host, port: peer.port },
});

/**
 * @param stderr of the ssh that was to connect
 * @param shown the keys it met, none if it got not that far
 */
export function whyNotConnected(peer: Peer, pinned: string, stderr: string, shown: readonly ShownKey[]): FailureParts {
  const cause = lastLine(stderr);
  const accepted = shown.some(({ fingerprint }) => fingerprint === pinned);
  if (shown.length > 0 && !accepted) return hostKeyChanged(peer, pinned, shown);
  if (/Permission denied/i.test(stderr)) {
    return loginRefused(peer, cause, { tried: ["this computer's own ssh"], methods: [] });
  }
  const found = PASSING.find(([pattern]) => pattern.test(stderr));
  const evidence = { host: peer.host, port: peer.port, carrier: 'system', said: stderr };
  if (found !== undefined) {
    const [, code, next] = found;
    return {
      code,
      message: `${peer.described} could not be reached by this computer's own ssh.`,
      cause,
      next,
      kind: 'passing',
      evidence,
    };
  }
  return {
    code: 'system-ssh-failed',
    message: `This computer's own ssh did not connect to ${peer.described}.`,
    cause,
    next: 'Try it in a terminal; what works there without a prompt also works here.',
    kind: 'passing',
    evidence,
  };
}
