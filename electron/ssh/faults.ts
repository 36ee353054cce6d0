/** The failures of reaching a host, each with its own code, so that nobody has to read an errno. */
import { type FailureParts, SluiceError } from '../../shared/model/failure.ts';

/** Who is meant in messages, and what goes along as evidence. */
export interface Peer {
  /** `nas2 (root@10.0.0.7:22)` */
  readonly described: string;
  readonly host: string;
  readonly port: number;
  /** The name in the host book; what is not in it yet has none. */
  readonly hostName?: string;
}

const at = (peer: Peer): Record<string, unknown> => ({ host: peer.host, port: peer.port });

export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Codes of Node's socket and resolver errors; of a failed race of addresses, those of every address tried. */
function errnosOf(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(errnosOf);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? [code] : [];
}

/** Why no TCP connection came about. All are passing: a machine that boots or a network that comes back cures them. */
export function notReached(peer: Peer, error: unknown): FailureParts {
  const errnos = errnosOf(error);
  const cause = error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error);
  const common = { cause, kind: 'passing', evidence: { ...at(peer), errnos } } as const;
  if (errnos.some((code) => code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL')) {
    return {
      ...common,
      code: 'host-not-found',
      message: `No address was found for ${peer.described}.`,
      next: `Check the name “${peer.host}”, and that this computer is on the network where it is known.`,
    };
  }
  if (errnos.includes('ECONNREFUSED')) {
    return {
      ...common,
      code: 'connection-refused',
      message: `${peer.described} refused the connection.`,
      next: `Check that the SSH server runs there and listens on port ${peer.port}.`,
    };
  }
  return {
    ...common,
    code: 'host-unreachable',
    message: `${peer.described} could not be reached.`,
    next: 'Check that the host is switched on, and that no firewall is in the way.',
  };
}

/**
 * Why a host that is reached through another did not answer there.
 *
 * @param reason RFC 4254, 5.1: 1 administratively prohibited, 2 connect failed; null: none was given
 */
export const throughJump = (peer: Peer, jump: Peer, cause: string, reason: number | null): FailureParts => {
  const common = { cause, evidence: { ...at(peer), jump: jump.described, reason } } as const;
  if (reason === 1) {
    return {
      ...common,
      code: 'forwarding-refused',
      message: `${jump.described} does not let connections through to ${peer.described}.`,
      next: 'AllowTcpForwarding and PermitOpen in the configuration of its SSH server decide that.',
      kind: 'permanent',
    };
  }
  if (/refused/i.test(cause)) {
    return {
      ...common,
      code: 'connection-refused',
      message: `${peer.described} refused the connection that came through ${jump.described}.`,
      next: `Check that the SSH server runs there and listens on port ${peer.port}.`,
      kind: 'passing',
    };
  }
  if (/resolve|not known|no address/i.test(cause)) {
    return {
      ...common,
      code: 'host-not-found',
      message: `${jump.described} found no address for ${peer.described}.`,
      next: `Check the name “${peer.host}” as it is known there.`,
      kind: 'passing',
    };
  }
  return {
    ...common,
    code: 'host-unreachable',
    message: `${peer.described} could not be reached from ${jump.described}.`,
    next: 'Check that the host is switched on, and that no firewall between the two is in the way.',
    kind: 'passing',
  };
};

export const notReachedInTime = (peer: Peer, ms: number): FailureParts => ({
  code: 'host-unreachable',
  message: `${peer.described} did not answer within ${ms / 1000} s.`,
  cause: 'The connection was neither accepted nor refused.',
  next: 'Check that the host is switched on, and that no firewall swallows the packets.',
  kind: 'passing',
  evidence: at(peer),
});

export const noBanner = (peer: Peer, cause: string): FailureParts => ({
  code: 'no-banner',
  message: `${peer.described} accepted the connection, but no SSH server spoke.`,
  cause,
  next: `Check that port ${peer.port} is the SSH server's, and that it is not overloaded.`,
  kind: 'passing',
  evidence: at(peer),
});

/** Words that OpenSSH says instead of its banner while it turns everybody away (MaxStartups, PerSourcePenalties). */
const BUSY = /Exceeded MaxStartups|Not allowed at this time/;

export const notSsh = (peer: Peer, said: string): FailureParts => ({
  code: 'not-ssh',
  message: `What answers at ${peer.described} is not an SSH server that lets us in.`,
  cause: `It said: ${JSON.stringify(said)}`,
  next: BUSY.test(said)
    ? 'The server turns connections away for a while. Wait a little.'
    : `Check the port number ${peer.port}.`,
  kind: BUSY.test(said) ? 'passing' : 'permanent',
  evidence: { ...at(peer), said },
});

export const handshakeFailed = (peer: Peer, cause: string, kind: 'passing' | 'permanent'): FailureParts => ({
  code: 'handshake-failed',
  message: `${peer.described} and Sluice did not agree on an encrypted connection.`,
  cause,
  next:
    kind === 'passing'
      ? 'Try again; if it persists, check the log of the SSH server.'
      : 'The SSH server is too old or is restricted to other algorithms. Its version and its configuration say which.',
  kind,
  evidence: at(peer),
});

export const loginTimeout = (peer: Peer, ms: number): FailureParts => ({
  code: 'login-timeout',
  message: `${peer.described} did not finish the login within ${ms / 1000} s.`,
  cause: 'The SSH server, or what it asks about users, takes too long.',
  next: 'Try again; if it persists, check the log of the SSH server.',
  kind: 'passing',
  evidence: at(peer),
});

export const loginRefused = (
  peer: Peer,
  cause: string,
  evidence: { readonly tried: readonly string[]; readonly methods: readonly string[] },
): FailureParts => ({
  code: 'login-refused',
  message: `${peer.described} did not let us log in.`,
  cause,
  next: 'Check the user name, and that the public key is in the authorized_keys of that user on the host.',
  kind: 'permanent',
  evidence: { ...at(peer), ...evidence },
});

export const notStarted = (peer: Peer, ms: number): FailureParts => ({
  code: 'command-not-started',
  message: `${peer.described} let us log in, but starts no command.`,
  cause: `Nothing started within ${ms / 1000} s.`,
  next: 'The host may be very busy, or its login waits for something: a home folder on a server that does not answer. Try `ssh` to it in a terminal.',
  kind: 'passing',
  evidence: at(peer),
});

export const loginUnanswered = (peer: Peer, methods: readonly string[]): FailureParts => ({
  code: 'login-unanswered',
  message: `${peer.described} asks before it lets anybody in, and nobody answered.`,
  cause: 'There is no key to offer instead: no SSH agent runs for this user, and no key file was chosen.',
  next: 'Try again and answer. To avoid being asked, choose a key file for this host, or let Sluice install a key of its own.',
  kind: 'permanent',
  evidence: { ...at(peer), methods },
});

export interface ShownKey {
  readonly type: string;
  readonly fingerprint: string;
}

export const hostKeyChanged = (peer: Peer, pinned: string | null, shown: readonly ShownKey[]): FailureParts => ({
  code: 'host-key-changed',
  message: `${peer.described} shows a different host key than the one that was pinned. The connection was refused.`,
  cause: 'Either the host was reinstalled, or something else answers at its address.',
  next: 'Compare the fingerprint with the one on the host itself. Only if it is right, replace the key that is saved for it here.',
  kind: 'permanent',
  evidence: { ...at(peer), ...(peer.hostName === undefined ? {} : { hostName: peer.hostName }), pinned, shown },
});

export const connectionLost = (peer: Peer, cause: string): FailureParts => ({
  code: 'connection-lost',
  message: `The connection to ${peer.described} was lost.`,
  cause,
  next: 'Check the network between this computer and the host. What was under way can be resumed.',
  kind: 'passing',
  evidence: at(peer),
});

export const connectionClosed = (described: string): FailureParts => ({
  code: 'connection-closed',
  message: `The connection to ${described} was closed by Sluice.`,
  kind: 'passing',
});

/** Said by the input stream of a command that stopped reading; its exit and its stderr say why. */
export const endedEarly = (described: string): FailureParts => ({
  code: 'command-ended-early',
  message: `The command on ${described} ended before it had read all of its input.`,
  next: 'Its own message says why.',
});

export const cancelled = (described: string): FailureParts => ({
  code: 'cancelled',
  message: `What was under way on ${described} was cancelled.`,
});

/** Throws a SluiceError `cancelled` if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined, described: string): void {
  if (signal?.aborted) throw new SluiceError(cancelled(described), { cause: signal.reason });
}
