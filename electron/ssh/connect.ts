/** Opens connections: to work on a host, or only to look at its key. */
import type ssh2 from 'ssh2';
import type { CipherAlgorithm } from 'ssh2';
import { SluiceError } from '../../shared/model/failure.ts';
import { describeAddress, type SshAddress } from '../../shared/model/host.ts';
import { HOST_KEYS, hostKeysExcept } from './algorithms.ts';
import type { Line } from './bulk-socket.ts';
import { reachThrough } from './channel-line.ts';
import { Connection, KEEP_ALIVE, type KeepAlive } from './connection.ts';
import { readCredentials } from './credentials.ts';
import { hostKeyChanged, type Peer, type ShownKey } from './faults.ts';
import { hostKeyCheck } from './host-key.ts';
import { logIn, PHASE_TIMEOUTS, type PhaseTimeouts } from './login.ts';
import { type Ask, askNobody } from './questions.ts';
import { reach } from './reach.ts';
import type { Shell } from './shell.ts';
import { SshShell } from './ssh-shell.ts';
import { agentNeedsSystem, needsSystem } from './system/carrier.ts';
import { lendsNoKey } from './system/faults.ts';
import { connectBySystem } from './system/system-shell.ts';
import { peerOf, type SshTarget } from './target.ts';

/**
 * How far a host may send ahead on a streaming channel where that helps, in bytes; also what may lie in memory for a slow
 * reader.
 */
const WINDOW = 32 * 1024 * 1024;

export interface SeeHostKeyOptions {
  readonly signal?: AbortSignal;
  /** Answers passphrases, passwords and what else a login asks; default: nobody. */
  readonly ask?: Ask;
  /** Milliseconds for each phase; what is left out keeps its default of 10, 15, 20 and 30 s. */
  readonly timeouts?: Partial<PhaseTimeouts>;
}

export interface ConnectOptions extends SeeHostKeyOptions {
  readonly keepAlive?: KeepAlive;
  /** In the order of preference. */
  readonly ciphers?: readonly CipherAlgorithm[];
  /** Bytes that a host may send ahead on a channel of `start` where that helps. Default 32 MiB; null: ssh2's 2 MiB. */
  readonly windowBytes?: number | null;
  /** For the system's ssh, where that is needed; default: its own files. */
  readonly sshConfigFile?: string;
  /** The SSH agent of the first command that is started, by agent forwarding. Only one command of a connection has it. */
  readonly forwardedAgent?: ssh2.BaseAgent;
}

const isCode = (error: unknown, code: string): boolean => error instanceof SluiceError && error.failure.code === code;

/** Opens what an SSH connection to the peer runs on: TCP, or a channel through the hosts before it. */
async function openLine(peer: Peer, jump: SshTarget | undefined, ms: number, options: ConnectOptions): Promise<Line> {
  if (jump === undefined) return await reach(peer, ms, options.signal);
  const { forwardedAgent: _, ...rest } = options;
  return await reachThrough(await openConnection(jump, rest), peer, ms, options.signal);
}

/** What the user's ssh configuration asks for goes before Sluice's own times. */
function timesFor(target: SshTarget, options: ConnectOptions): { timeouts: PhaseTimeouts; keepAlive: KeepAlive } {
  const { connectSeconds, keepAliveSeconds, keepAliveMisses } = target.timing ?? {};
  const configured = typeof connectSeconds === 'number' ? { reachMs: connectSeconds * 1000 } : {};
  return {
    timeouts: { ...PHASE_TIMEOUTS, ...configured, ...options.timeouts },
    keepAlive: options.keepAlive ?? {
      intervalMs: typeof keepAliveSeconds === 'number' ? keepAliveSeconds * 1000 : KEEP_ALIVE.intervalMs,
      misses: keepAliveMisses ?? KEEP_ALIVE.misses,
    },
  };
}

async function openConnection(target: SshTarget, options: ConnectOptions): Promise<Connection> {
  const peer: Peer = peerOf(target);
  const { timeouts, keepAlive } = timesFor(target, options);
  const ask = options.ask ?? askNobody;
  const credentials = await readCredentials(
    {
      identityFile: target.identityFile,
      agent: target.agent,
      hostName: target.hostName,
      address: describeAddress({ kind: 'ssh', user: target.user, host: target.host, port: target.port }),
    },
    ask,
    options.signal ?? new AbortController().signal,
  );
  // A host has several keys. One that was pinned by the fingerprint of, say, its RSA key shows another key first:
  // that is not a change. So the other types are asked for before the host is called another.
  const shown: ShownKey[] = [];
  while (shown.length < HOST_KEYS.length) {
    const hostKeyAlgorithms = hostKeysExcept(shown.map((key) => key.type));
    if (hostKeyAlgorithms.length === 0) break;
    const check = hostKeyCheck(target.hostKey);
    const socket = await openLine(peer, target.jump, timeouts.reachMs, options);
    try {
      const client = await logIn(socket, {
        peer,
        user: target.user,
        hostName: target.hostName,
        jump: target.jump,
        credentials,
        ask,
        check,
        hostKeyAlgorithms,
        ciphers: options.ciphers,
        keepAliveMs: keepAlive.intervalMs,
        timeouts,
        forwardedAgent: options.forwardedAgent,
        signal: options.signal,
      });
      return new Connection({ client, socket, peer, check, keepAlive, startMs: timeouts.startMs });
    } catch (error) {
      const other = check.refused();
      // The host has no key of a type that was not shown yet: "no matching host key format".
      if (other === null && shown.length > 0 && isCode(error, 'handshake-failed')) break;
      if (other === null) throw error;
      shown.push(other);
    }
  }
  throw new SluiceError(hostKeyChanged(peer, target.hostKey, shown));
}

/**
 * Connects and logs in; by the system's own ssh where Sluice's cannot.
 *
 * @throws SluiceError with a code of its own for each phase: `key-…` and `no-agent` before anything is sent;
 *   `host-not-found`, `host-unreachable`, `connection-refused`, `no-banner`, `handshake-failed`, `login-timeout`
 *   (passing); `not-ssh`, `host-key-changed`, `login-refused`, `login-unanswered`, `system-ssh-agent` (permanent); `cancelled`
 */
export async function connectSsh(target: SshTarget, options: ConnectOptions = {}): Promise<Shell> {
  const bySystem = async (): Promise<Shell> => {
    const peer: Peer = peerOf(target);
    if (options.forwardedAgent !== undefined) throw new SluiceError(lendsNoKey(peer));
    return await connectBySystem(target, peer, { signal: options.signal, configFile: options.sshConfigFile });
  };
  if (await needsSystem(target)) return await bySystem();
  let connection: Connection;
  try {
    connection = await openConnection(target, options);
  } catch (error) {
    const own = target.jump === undefined || target.alias !== undefined;
    const maybe = own && (isCode(error, 'login-refused') || isCode(error, 'no-agent'));
    if (!maybe || !(await agentNeedsSystem(target))) throw error;
    return await bySystem();
  }
  return new SshShell(connection, options.windowBytes === undefined ? WINDOW : options.windowBytes);
}

export interface SeenHostKey extends ShownKey {
  /** The key as the host sent it; null where only its fingerprint is known. */
  readonly key: Buffer | null;
}

/**
 * Connects just far enough to see the host's key: ed25519 if it has one, else ECDSA, else RSA. Nobody logs in there.
 *
 * @returns the key's type as it names itself (`ssh-ed25519`) and its fingerprint (`SHA256:…`)
 * @throws SluiceError like {@link connectSsh}, as far as it goes
 */
export async function seeHostKey(
  address: Pick<SshAddress, 'host' | 'port' | 'user'>,
  options: SeeHostKeyOptions & { readonly jump?: SshTarget } = {},
): Promise<SeenHostKey> {
  const peer: Peer = {
    described: describeAddress({ kind: 'ssh', ...address }),
    host: address.host,
    port: address.port,
  };
  const timeouts = { ...PHASE_TIMEOUTS, ...options.timeouts };
  const check = hostKeyCheck(null);
  const socket = await openLine(peer, options.jump, timeouts.reachMs, options);
  try {
    const client = await logIn(socket, {
      peer,
      user: address.user,
      hostName: peer.described,
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
    if (shown !== null) return { ...shown, key: check.refusedKey() };
    throw error;
  }
}
