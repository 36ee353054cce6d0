/** A host's command line over one SSH connection. */
import type { Failure } from '../../shared/model/failure.ts';
import { SluiceError } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import { runOnChannel } from './channel.ts';
import { collect, lines, type Starter } from './collect.ts';
import type { Connection } from './connection.ts';
import type { Collected, CollectOptions, Exit, Running, Shell, StartOptions } from './shell.ts';
import { Slots } from './slots.ts';

/** Of the 10 commands that a stock sshd takes at once on a connection; the others are left to `start`. */
const COLLECTING_AT_ONCE = 6;

export class SshShell implements Shell {
  readonly closed: Promise<Failure | null>;
  readonly #connection: Connection;
  readonly #windowBytes: number | null;
  readonly #slots = new Slots(COLLECTING_AT_ONCE);
  readonly #starter: Starter;

  /** @param windowBytes how far the host may send ahead on a channel of `start` where that helps; null: ssh2's 2 MiB */
  constructor(connection: Connection, windowBytes: number | null) {
    this.#connection = connection;
    this.#windowBytes = windowBytes;
    this.closed = connection.closed;
    this.#starter = {
      described: connection.place.described,
      start: (command) => connection.exec(command, (channel) => runOnChannel(connection, channel, null, {})),
    };
  }

  async start(command: WireText, options: StartOptions = {}): Promise<Running> {
    const connection = this.#connection;
    return await connection.exec(command, (channel) => runOnChannel(connection, channel, this.#windowBytes, options));
  }

  async collect(command: WireText, options: CollectOptions = {}): Promise<Collected> {
    for (;;) {
      const free = await this.#slots.take();
      try {
        return await collect(this.#starter, command, options);
      } catch (error) {
        if (!this.#canWaitAfter(error)) throw error;
      } finally {
        free();
      }
    }
  }

  async *lines(command: WireText, options: CollectOptions = {}): AsyncGenerator<string, Exit> {
    for (;;) {
      const free = await this.#slots.take();
      try {
        return yield* lines(this.#starter, command, options);
      } catch (error) {
        if (!this.#canWaitAfter(error)) throw error;
      } finally {
        free();
      }
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** A host with a lower MaxSessions than usual: the command was refused before it began, and has a turn later. */
  #canWaitAfter(error: unknown): boolean {
    return error instanceof SluiceError && error.failure.code === 'too-many-sessions' && this.#slots.shrink();
  }
}
