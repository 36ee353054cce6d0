/** From a TCP connection to a logged-in ssh2 client (or only to the host key), phase by phase. */
import type { CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';
import ssh2 from 'ssh2';
import { type FailureParts, SluiceError } from '../../shared/model/failure.ts';
import { describeAddress } from '../../shared/model/host.ts';
import { CIPHERS, KEX, MACS } from './algorithms.ts';
import type { Line } from './bulk-socket.ts';
import type { Credentials } from './credentials.ts';
import {
  cancelled,
  connectionLost,
  handshakeFailed,
  hostKeyChanged,
  loginRefused,
  loginTimeout,
  loginUnanswered,
  noBanner,
  notSsh,
  type Peer,
  throwIfAborted,
} from './faults.ts';
import type { HostKeyCheck } from './host-key.ts';
import { type LoginMethodsParts, type LoginRecord, loginMethods } from './login-methods.ts';
import { hastenPackets } from './packets.ts';
import { type Ask, askNobody } from './questions.ts';
import { accountOf, type SshTarget } from './target.ts';

/** Time limits of the phases, in milliseconds. */
export interface PhaseTimeouts {
  /** Resolving the name and connecting. */
  readonly reachMs: number;
  /** From there to the end of the key exchange. */
  readonly handshakeMs: number;
  /** From there to the end of the login. */
  readonly loginMs: number;
  /** From asking for a command to its beginning. */
  readonly startMs: number;
}

export const PHASE_TIMEOUTS: PhaseTimeouts = { reachMs: 10_000, handshakeMs: 15_000, loginMs: 20_000, startMs: 30_000 };

export interface LoginParts {
  readonly peer: Peer;
  readonly user: string;
  /** Name in the host book, for questions. */
  readonly hostName: string;
  /** The host through which this one is reached. */
  readonly jump?: SshTarget | undefined;
  /** null: no login is tried; for looking at the host key only. */
  readonly credentials: Credentials | null;
  /** Answers what the host asks; default: nobody. */
  readonly ask?: Ask | undefined;
  readonly check: HostKeyCheck;
  readonly hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[];
  readonly ciphers?: readonly CipherAlgorithm[] | undefined;
  readonly keepAliveMs: number;
  readonly timeouts: PhaseTimeouts;
  /** Offered to every command on the connection as its SSH agent (agent forwarding); plays no part in the login. */
  readonly forwardedAgent?: ssh2.BaseAgent | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Progress {
  phase: 'handshake' | 'login';
  /** The errors ssh2 emitted; it may emit several, before and after the one that ends the connection. */
  readonly errors: Error[];
  /** The beginning of what the server said. */
  said: string;
  readonly record: LoginRecord;
}

const NO_MATCH = /no matching/i;

/** What a connection that ended before the login was over means. */
function whyEnded(parts: LoginParts, progress: Progress): FailureParts {
  const { peer, check, credentials } = parts;
  const cause = progress.errors[0]?.message ?? 'The host ended the connection.';
  const refused = check.refused();
  if (refused !== null) return hostKeyChanged(peer, check.pinned, [refused]);
  if (progress.phase === 'login') {
    const { record } = progress;
    // A host that refuses says so (USERAUTH_FAILURE, or why it disconnects); one whose sshd was just killed says nothing.
    if (record.methods === null && progress.errors.every((error) => levelOf(error) === 'client-socket'))
      return connectionLost(peer, cause);
    if (credentials?.without && !record.answered) {
      return record.unanswered || record.asking > 0 ? loginUnanswered(peer, record.methods ?? []) : credentials.without;
    }
    const agentTrouble = progress.errors.find((error) => levelOf(error) === 'agent');
    return loginRefused(peer, agentTrouble?.message ?? cause, {
      tried: record.tried,
      methods: record.methods ?? [],
    });
  }
  if (progress.said === '') return noBanner(peer, 'It closed the connection without a word.');
  if (!/^SSH-/m.test(progress.said)) return notSsh(peer, progress.said);
  return handshakeFailed(peer, cause, progress.errors.some((e) => NO_MATCH.test(e.message)) ? 'permanent' : 'passing');
}

const levelOf = (error: Error): unknown => ('level' in error ? error.level : undefined);

/** What a phase that took too long means. */
function whyLate(parts: LoginParts, progress: Progress): FailureParts {
  const { peer, timeouts } = parts;
  if (progress.phase === 'login') return loginTimeout(peer, timeouts.loginMs);
  const seconds = timeouts.handshakeMs / 1000;
  if (progress.said === '') return noBanner(peer, `Nothing came within ${seconds} s.`);
  if (!/^SSH-/m.test(progress.said)) return notSsh(peer, progress.said);
  return handshakeFailed(peer, `It was not finished within ${seconds} s.`, 'passing');
}

/** What ssh2 is told besides the login methods. All time limits are ours. */
const configOf = ({ user, check, keepAliveMs, forwardedAgent, hostKeyAlgorithms, ciphers }: LoginParts) =>
  ({
    username: user,
    // Without a verifier ssh2 accepts every key (kex.js: "Host accepted by default").
    hostVerifier: check.verify,
    // ssh2's own limit would count the time of all phases together.
    readyTimeout: 0,
    keepaliveInterval: keepAliveMs,
    // Pings go out for ever; Connection decides when the silence is too long.
    keepaliveCountMax: Number.POSITIVE_INFINITY,
    ...(forwardedAgent === undefined ? {} : { agent: forwardedAgent, agentForward: true }),
    algorithms: {
      kex: [...KEX],
      serverHostKey: [...hostKeyAlgorithms],
      cipher: [...(ciphers ?? CIPHERS)],
      hmac: [...MACS],
      compress: ['none'],
    },
  }) satisfies ssh2.ConnectConfig;

/** Tries the ways in turn; none where only the host's key is to be seen. */
const authHandlerOf = (
  { user, hostName, peer: { host, port }, jump, credentials, ask = askNobody }: LoginParts,
  asking: Pick<LoginMethodsParts, 'client' | 'record' | 'onAsking' | 'signal'>,
): NonNullable<ssh2.ConnectConfig['authHandler']> =>
  credentials === null
    ? []
    : loginMethods({
        ...asking,
        user,
        hostName,
        address: describeAddress({ kind: 'ssh', user, host, port }),
        account: accountOf({ user, host, port, ...(jump === undefined ? {} : { jump }) }),
        credentials,
        ask,
      });

/**
 * Shakes hands and logs in over a connected socket, which belongs to the client afterwards and is destroyed on failure.
 *
 * @throws SluiceError `no-banner`, `not-ssh`, `handshake-failed`, `host-key-changed`, `login-refused`,
 *   `login-timeout`, `cancelled`
 */
export async function logIn(socket: Line, parts: LoginParts): Promise<ssh2.Client> {
  throwIfAborted(parts.signal, parts.peer.described);
  const client = new ssh2.Client();
  hastenPackets(client, socket);
  const record: LoginRecord = { tried: [], methods: null, answered: false, unanswered: false, asking: 0 };
  const progress: Progress = { phase: 'handshake', errors: [], said: '', record };
  const over = new AbortController();
  let restartTimer: () => void = () => {};
  client.on('error', (error) => progress.errors.push(error));

  const finished = new Promise<void>((resolve, reject) => {
    let timer = setTimeout(onLate, parts.timeouts.handshakeMs);
    function onLate() {
      fail(whyLate(parts, progress));
    }
    const onAbort = () => fail(cancelled(parts.peer.described));
    const done = () => {
      restartTimer = () => {};
      clearTimeout(timer);
      parts.signal?.removeEventListener('abort', onAbort);
    };
    function fail(failure: FailureParts) {
      done();
      reject(new SluiceError(failure, { cause: progress.errors[0] }));
    }
    parts.signal?.addEventListener('abort', onAbort, { once: true });
    client.once('handshake', () => {
      progress.phase = 'login';
      restartTimer();
    });
    // A person takes longer than a machine; how long, the question itself says.
    restartTimer = () => {
      clearTimeout(timer);
      if (record.asking === 0) timer = setTimeout(onLate, parts.timeouts.loginMs);
    };
    client.once('change password', (message) => {
      progress.errors.push(new Error(`The host wants a new password first: ${message}`));
      client.end();
    });
    client.once('ready', () => {
      done();
      resolve();
    });
    client.once('close', () => fail(whyEnded(parts, progress)));
  });

  try {
    const asking = { client, record, onAsking: () => restartTimer(), signal: over.signal };
    client.connect({ ...configOf(parts), sock: socket, authHandler: authHandlerOf(parts, asking) });
    const listen = (data: Buffer) => {
      progress.said += data.toString('latin1', 0, 256);
      if (progress.said.length >= 256 || progress.said.includes('SSH-')) socket.off('data', listen);
    };
    socket.on('data', listen);
    await finished;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    over.abort();
  }
  return client;
}
