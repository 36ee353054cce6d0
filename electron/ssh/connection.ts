/** One logged-in ssh2 client: notices when it is gone, opens channels, runs nothing by itself. */
import type ssh2 from 'ssh2';
import { type Failure, failure, SluiceError } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import type { Line } from './bulk-socket.ts';
import { connectionClosed, connectionLost, hostKeyChanged, messageOf, notStarted, type Peer } from './faults.ts';
import type { HostKeyCheck } from './host-key.ts';
import { widenWindow } from './internals.ts';
import { onAddressGone } from './own-addresses.ts';

/** How silence is distinguished from a dead connection. */
export interface KeepAlive {
  /** Milliseconds between two pings. */
  readonly intervalMs: number;
  /** After so many intervals without a single byte from the host the connection counts as lost. */
  readonly misses: number;
}

export const KEEP_ALIVE: KeepAlive = { intervalMs: 15_000, misses: 4 };

/** Nothing that is sent from such an address arrives, and no answer to it: there is no need to wait for silence. */
const movedAway = (address: string | undefined): string =>
  `The network of this computer changed: its address ${address}, from which the connection was made, is gone.`;

/** Milliseconds that a goodbye may take before the socket is simply closed. */
const GOODBYE = 2_000;

export interface ConnectionParts {
  readonly client: ssh2.Client;
  readonly socket: Line;
  readonly peer: Peer;
  readonly check: HostKeyCheck;
  readonly keepAlive: KeepAlive;
  /** Milliseconds from asking for a command to its beginning. */
  readonly startMs: number;
}

export class Connection {
  readonly client: ssh2.Client;
  readonly peer: Peer;
  /** Settles with the reason once the connection is gone, null when closed by us. */
  readonly closed: Promise<Failure | null>;
  readonly #parts: ConnectionParts;
  readonly #onGone = new Set<(why: Failure) => void>();
  /** The shortest to the host that was seen, in milliseconds; never too short. */
  #roundTripMs = Number.POSITIVE_INFINITY;
  #gone: Failure | null = null;
  #closing = false;
  #fault: Error | null = null;

  constructor(parts: ConnectionParts) {
    this.client = parts.client;
    this.peer = parts.peer;
    this.#parts = parts;
    const { client, socket } = parts;
    const { localAddress } = socket;
    const watches = [this.#watchSilence(), onAddressGone(localAddress, () => this.#lose(movedAway(localAddress)))];
    client.on('error', (error) => {
      this.#fault ??= error;
      // ssh2 only half-closes after a fault, which a peer that is gone never answers.
      socket.destroy();
    });
    client.once('end', () => socket.destroy());
    this.closed = new Promise((resolve) => {
      client.once('close', () => {
        for (const stop of watches) stop();
        this.#gone = this.#closing ? failure(connectionClosed(this.peer.described)) : this.#whyLost();
        // In the same turn, before ssh2 ends the channels' streams as if all data had come.
        for (const listener of this.#onGone) listener(this.#gone);
        this.#onGone.clear();
        resolve(this.#closing ? null : this.#gone);
      });
    });
  }

  /** Why the connection is gone; null while it is there. */
  get gone(): Failure | null {
    return this.#gone;
  }

  /**
   * @param listener called at once (synchronously) when the connection goes
   * @returns takes the listener away
   */
  onGone(listener: (why: Failure) => void): () => void {
    this.#onGone.add(listener);
    return () => this.#onGone.delete(listener);
  }

  /**
   * Opens a channel and starts a command on it.
   *
   * @param take called in the turn in which the channel opens, before its first data is handed out
   * @throws SluiceError `connection-lost`, `connection-closed`, `too-many-sessions`, `command-refused`, `command-not-started`
   */
  async exec<T>(command: WireText, take: (channel: ssh2.ClientChannel) => T): Promise<T> {
    if (this.#gone !== null) throw new SluiceError(this.#gone);
    const { startMs } = this.#parts;
    return await new Promise<T>((resolve, reject) => {
      const stopListening = this.onGone((why) => settle(() => reject(new SluiceError(why))));
      const timer = setTimeout(() => settle(() => reject(new SluiceError(notStarted(this.peer, startMs)))), startMs);
      let isOver = false;
      const settle = (how: () => void): void => {
        isOver = true;
        clearTimeout(timer);
        stopListening();
        how();
      };
      const began = performance.now();
      try {
        this.client.exec(command, (error, channel) => {
          if (isOver) {
            // It began after all, and nobody waits for it any more.
            channel?.close();
            return;
          }
          if (error) {
            settle(() => reject(this.#refused(error)));
            return;
          }
          // One to open the channel, one to start the command.
          this.#roundTripMs = Math.min(this.#roundTripMs, (performance.now() - began) / 2);
          settle(() => resolve(take(channel)));
        });
      } catch (error) {
        // ssh2 throws "Not connected" between the loss of the socket and its `close`.
        settle(() => reject(new SluiceError(connectionLost(this.peer, messageOf(error)), { cause: error })));
      }
    });
  }

  /** Lets the host send further ahead on a channel; see {@link widenWindow}. */
  widen(channel: ssh2.ClientChannel, limit: number): ReturnType<typeof widenWindow> {
    return widenWindow(this.client, channel, { limit, roundTripMs: this.#roundTripMs });
  }

  async close(): Promise<void> {
    if (this.#gone === null) {
      this.#closing = true;
      this.client.end();
      const timer = setTimeout(() => this.#parts.socket.destroy(), GOODBYE);
      await this.closed;
      clearTimeout(timer);
    }
  }

  #whyLost(): Failure {
    const { check } = this.#parts;
    const shown = check.refused();
    if (shown !== null) return failure(hostKeyChanged(this.peer, check.pinned, [shown]));
    return failure(connectionLost(this.peer, this.#fault?.message ?? 'The host ended the connection.'));
  }

  #refused(error: Error): SluiceError {
    if (this.#gone !== null) return new SluiceError(this.#gone);
    // "(SSH) Channel open failure: open failed" with a numeric reason (RFC 4254, 5.1); what MaxSessions of sshd leads to.
    if ('reason' in error && typeof error.reason === 'number') {
      return new SluiceError(
        {
          code: 'too-many-sessions',
          message: `${this.peer.described} allows no more commands at once on this connection.`,
          cause: `${error.message} (reason ${error.reason})`,
          next: 'MaxSessions in the configuration of its SSH server sets the limit; 10 is usual.',
          kind: 'passing',
          evidence: { reason: error.reason },
        },
        { cause: error },
      );
    }
    return new SluiceError(
      {
        code: 'command-refused',
        message: `${this.peer.described} starts no commands for this user.`,
        cause: error.message,
        next: 'The user needs a login shell, and the SSH server must not force another command.',
      },
      { cause: error },
    );
  }

  /**
   * ssh2's own verdict counts pings without answer. On a slow line a ping waits behind megabytes of queued data for
   * longer than that, although the host is well and says so with every window adjustment: any byte counts here.
   */
  #watchSilence(): () => void {
    const { socket, keepAlive } = this.#parts;
    let heard = socket.bytesRead;
    let silent = 0;
    const timer = setInterval(() => {
      if (socket.bytesRead !== heard) {
        heard = socket.bytesRead;
        silent = 0;
        return;
      }
      silent += 1;
      if (silent < keepAlive.misses) return;
      this.#lose(`Nothing was heard for ${(keepAlive.intervalMs * keepAlive.misses) / 1000} s.`);
    }, keepAlive.intervalMs);
    return () => clearInterval(timer);
  }

  #lose(why: string): void {
    this.#fault ??= new Error(why);
    this.#parts.socket.destroy();
  }
}
