/** A connection through another SSH connection (ssh's ProxyJump): its channel as something a second SSH client runs on. */
import { Duplex } from 'node:stream';
import type ssh2 from 'ssh2';
import { SluiceError } from '../../shared/model/failure.ts';
import type { Line } from './bulk-socket.ts';
import type { Connection } from './connection.ts';
import { type Peer, throughJump } from './faults.ts';

/** Bytes that the jump may send ahead where that helps: a channel within a channel needs both windows wide. */
const WINDOW = 32 * 1024 * 1024;

class ChannelLine extends Duplex implements Line {
  inPlace = false;
  bytesRead = 0;
  readonly #channel: ssh2.ClientChannel;
  readonly #jump: Connection;

  constructor(jump: Connection, channel: ssh2.ClientChannel) {
    super({ highWaterMark: 256 * 1024 });
    this.#channel = channel;
    this.#jump = jump;
    const taken = jump.widen(channel, WINDOW);
    channel.on('data', (chunk: Buffer) => {
      this.bytesRead += chunk.length;
      const full = !this.push(chunk);
      if (jump.gone === null) taken?.(chunk.length, full);
      if (full) channel.pause();
    });
    channel.on('error', (error: Error) => this.destroy(error));
    channel.once('end', () => this.push(null));
    channel.once('close', () => this.destroy());
    // A write to a channel whose connection is gone would wait for ever.
    const forget = jump.onGone((why) => this.destroy(new SluiceError(why)));
    this.once('close', forget);
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#channel.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end(() => done());
  }

  /** Nobody else uses the jump. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#jump.gone === null) this.#channel.close();
    void this.#jump.close();
    done(error);
  }
}

/**
 * Asks the jump to connect to the peer. The jump's connection belongs to the line from here on, also if this fails.
 *
 * @param ms milliseconds that the jump may take
 * @throws SluiceError `connection-refused`, `host-unreachable`, `host-not-found`, `forwarding-refused`, `cancelled`
 */
export async function reachThrough(jump: Connection, peer: Peer, ms: number, signal?: AbortSignal): Promise<Line> {
  try {
    return await new Promise<Line>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new SluiceError(throughJump(peer, jump.peer, `It did not answer within ${ms / 1000} s.`, null))),
        ms,
      );
      const onAbort = () => reject(signal?.reason);
      const forget = jump.onGone((why) => reject(new SluiceError(why)));
      const done = () => {
        clearTimeout(timer);
        forget();
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      jump.client.forwardOut('127.0.0.1', 0, peer.host, peer.port, (error, channel) => {
        done();
        if (error === undefined) resolve(new ChannelLine(jump, channel));
        else {
          const reason = 'reason' in error && typeof error.reason === 'number' ? error.reason : null;
          reject(new SluiceError(throughJump(peer, jump.peer, error.message, reason), { cause: error }));
        }
      });
    });
  } catch (error) {
    await jump.close();
    throw error;
  }
}
