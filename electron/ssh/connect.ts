/** Opens connections: to work on a host, or only to look at its key. */
import type ssh2 from 'ssh2';
import type { CipherAlgorithm } from 'ssh2';
import { SluiceError } from '../../shared/model/failure.ts';
import type { SshAddress } from '../../shared/model/host.ts';
import { describeAddress } from '../../shared/model/host.ts';
import { HOST_KEYS, hostKeysExcept } from './algorithms.ts';
import { Connection, KEEP_ALIVE, type KeepAlive } from './connection.ts';
import { readCredentials } from './credentials.ts';
import { hostKeyChanged, type Place, type ShownKey } from './faults.ts';
import { hostKeyCheck } from './host-key.ts';
import { logIn, PHASE_TIMEOUTS, type PhaseTimeouts } from './login.ts';
import { reach } from './reach.ts';
import type { Shell } from './shell.ts';
import { SshShell } from './ssh-shell.ts';
import { describeTarget, type SshTarget } from './target.ts';

/**
 * How far a host may send ahead on a streaming channel where that helps, in bytes; also what may lie in memory for a slow
 * reader.
 */
const WINDOW = 32 * 1024 * 1024;

export interface SeeHostKeyOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each phase; what is left out keeps its default of 10, 15 and 20 s. */
  readonly timeouts?: Partial<PhaseTimeouts>;
}

export interface ConnectOptions extends SeeHostKeyOptions {
  readonly keepAlive?: KeepAlive;
  /** In the order of preference. */
  readonly ciphers?: readonly CipherAlgorithm[];
  /** Bytes that a host may send ahead on a channel of `start` where that helps. Default 32 MiB; null: ssh2's 2 MiB. */
  readonly windowBytes?: number | null;
  /** The SSH agent of the first command that is started, by agent forwarding. Only one command of a connection has it. */
  readonly forwardedAgent?: ssh2.BaseAgent;
}

const isCode = (error: unknown, code: string): boolean => error instanceof SluiceError && error.failure.code === code;

async function openConnection(target: SshTarget, options: ConnectOptions): Promise<Connection> {
  const place: Place = { described: describeTarget(target), host: target.host, port: target.port };
  const timeouts = { ...PHASE_TIMEOUTS, ...options.timeouts };
  const keepAlive = options.keepAlive ?? KEEP_ALIVE;
  const credentials = await readCredentials(target.identityFile);
  // A host has several keys. One that was pinned by the fingerprint of, say, its RSA key shows another key first:
  // that is not a change. So the other types are asked for before the host is called another.
  const shown: ShownKey[] = [];
  while (shown.length < HOST_KEYS.length) {
    const hostKeyAlgorithms = hostKeysExcept(shown.map((key) => key.type));
    if (hostKeyAlgorithms.length === 0) break;
    const check = hostKeyCheck(target.hostKey);
    const socket = await reach(place, timeouts.reachMs, options.signal);
    try {
      const client = await logIn(socket, {
        place,
        user: target.user,
        credentials,
        check,
        hostKeyAlgorithms,
        ciphers: options.ciphers,
        keepAliveMs: keepAlive.intervalMs,
        timeouts,
        forwardedAgent: options.forwardedAgent,
        signal: options.signal,
      });
      return new Connection({ client, socket, place, check, keepAlive });
    } catch (error) {
      const other = check.refused();
      // The host has no key of a type that was not shown yet: "no matching host key format".
      if (other === null && shown.length > 0 && isCode(error, 'handshake-failed')) break;
      if (other === null) throw error;
      shown.push(other);
    }
  }
  throw new SluiceError(hostKeyChanged(place, target.hostKey, shown));
}

/**
 * Connects and logs in.
 *
 * @throws SluiceError with a code of its own for each phase: `key-…` and `no-agent` before anything is sent;
 *   `host-not-found`, `host-unreachable`, `connection-refused`, `no-banner`, `handshake-failed`, `login-timeout`
 *   (passing); `not-ssh`, `host-key-changed`, `login-refused` (permanent); `cancelled`
 */
export async function connectSsh(target: SshTarget, options: ConnectOptions = {}): Promise<Shell> {
  const connection = await openConnection(target, options);
  return new SshShell(connection, options.windowBytes === undefined ? WINDOW : options.windowBytes);
}

/**
 * Connects just far enough to see the host's key: ed25519 if it has one, else ECDSA, else RSA. Nobody logs in.
 *
 * @returns the key's type as it names itself (`ssh-ed25519`) and its fingerprint (`SHA256:…`)
 * @throws SluiceError like {@link connectSsh}, as far as it goes
 */
export async function seeHostKey(
  address: Pick<SshAddress, 'host' | 'port' | 'user'>,
  options: SeeHostKeyOptions = {},
): Promise<ShownKey> {
  const place: Place = {
    described: describeAddress({ kind: 'ssh', ...address }),
    host: address.host,
    port: address.port,
  };
  const timeouts = { ...PHASE_TIMEOUTS, ...options.timeouts };
  const check = hostKeyCheck(null);
  const socket = await reach(place, timeouts.reachMs, options.signal);
  try {
    const client = await logIn(socket, {
      place,
      user: address.user,
      credentials: null,
      check,
      hostKeyAlgorithms: HOST_KEYS,
      keepAliveMs: KEEP_ALIVE.intervalMs,
      timeouts,
      signal: options.signal,
    });
    client.end();
    throw new Error('A key that nobody pinned was accepted.');
  } catch (error) {
    const shown = check.refused();
    if (shown !== null) return shown;
    throw error;
  }
}
