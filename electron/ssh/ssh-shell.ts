/** A host's command line over one SSH connection. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import { runOnChannel } from './channel.ts';
import { collect, lines, type Starter } from './collect.ts';
import type { Connection } from './connection.ts';
import type { Collected, CollectOptions, Exit, Running, Shell, StartOptions } from './shell.ts';
import { COLLECTING_AT_ONCE, Slots } from './slots.ts';

/** Milliseconds that commands may take to end before the connection is closed over them. */
const END_GRACE = 2_000;

/**
 * sshd counts a command until it has seen its process end, which on a busy host is a while after it closed the channel:
 * for ten seconds a refusal may be about a command that is over already.
 */
const LAG_STEP_MS = 100;
const LAG_ATTEMPTS = 100;

export class SshShell implements Shell {
  readonly closed: Promise<Failure | null>;
  readonly #connection: Connection;
  readonly #windowBytes: number | null;
  readonly #slots = new Slots(COLLECTING_AT_ONCE);
  readonly #running = new Set<Running>();
  readonly #starter: Starter;

  /** @param windowBytes how far the host may send ahead on a channel of `start` where that helps; null: ssh2's 2 MiB */
  constructor(connection: Connection, windowBytes: number | null) {
    this.#connection = connection;
    this.#windowBytes = windowBytes;
    this.closed = connection.closed;
    this.#starter = {
      described: connection.peer.described,
      start: (command) => this.#run(command, null, {}),
    };
  }

  async start(command: WireText, options: StartOptions = {}): Promise<Running> {
    return await this.#run(command, this.#windowBytes, options);
  }

  async collect(command: WireText, options: CollectOptions = {}): Promise<Collected> {
    for (let attempt = 1; ; attempt += 1) {
      const free = await this.#slots.take();
      try {
        return await collect(this.#starter, command, options);
      } catch (error) {
        if (!(await this.#hasTurnAfter(error, attempt))) throw error;
      } finally {
        free();
      }
    }
  }

  async *lines(command: WireText, options: CollectOptions = {}): AsyncGenerator<string, Exit> {
    for (let attempt = 1; ; attempt += 1) {
      const free = await this.#slots.take();
      try {
        return yield* lines(this.#starter, command, options);
      } catch (error) {
        if (!(await this.#hasTurnAfter(error, attempt))) throw error;
      } finally {
        free();
      }
    }
  }

  /** Commands under way are ended first: a silent one would live on at the host after its connection is gone. */
  async close(): Promise<void> {
    const running = [...this.#running];
    for (const command of running) command.kill();
    if (running.length > 0) {
      const grace = new Promise((resolve) => setTimeout(resolve, END_GRACE).unref());
      await Promise.race([Promise.all(running.map((command) => command.exit)), grace]);
    }
    await this.#connection.close();
  }

  async #run(command: WireText, windowBytes: number | null, options: StartOptions): Promise<Running> {
    const connection = this.#connection;
    const running = await connection.exec(command, (channel) =>
      runOnChannel(connection, channel, windowBytes, options),
    );
    this.#running.add(running);
    void running.exit.then(() => this.#running.delete(running));
    return running;
  }

  /** A host with a lower MaxSessions than usual: the command was refused before it began, and has a turn later. */
  async #hasTurnAfter(error: unknown, attempt: number): Promise<boolean> {
    if (!(error instanceof SluiceError) || error.failure.code !== 'too-many-sessions') return false;
    if (this.#slots.shrink()) return true;
    if (attempt > LAG_ATTEMPTS) return false;
    await wait(LAG_STEP_MS);
    return true;
  }
}
