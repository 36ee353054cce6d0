/**
 * A command on an SSH channel, as reliable streams. ssh2's own ones end a download that was cut as if it
 * were complete, leave an upload hanging for ever, and stop stdout while nobody reads stderr.
 */
import { Readable, Writable } from 'node:stream';
import type ssh2 from 'ssh2';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { wireEnd } from '../../shared/zfs/wire.ts';
import type { Connection } from './connection.ts';
import { cancelled, endedEarly } from './faults.ts';
import { hostClosedChannel } from './internals.ts';
import type { Exit, Running, StartOptions } from './shell.ts';
import { StderrLines } from './stderr-lines.ts';

/** Milliseconds for the frame to report its pid, and as many for the command that ends the group. */
const END_GRACE = 2_000;
/** Milliseconds after closing the channel until its end is taken for granted. */
const CLOSE_GRACE = 3_000;
/** Bytes that lie in a stream of ours before the channel is paused; the rest waits in the channel's window. */
const BUFFER = 256 * 1024;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

class ChannelCommand implements Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly exit: Promise<Exit>;
  readonly #connection: Connection;
  readonly #channel: ssh2.ClientChannel;
  readonly #stderr: StderrLines;
  readonly #pidKnown: Promise<number>;
  #reportPid!: (pid: number) => void;
  #settle!: (exit: Exit) => void;
  #settled = false;
  #killed = false;
  /** The command reads no more input; giving up the stream is then no reason to end it. */
  #inputOver = false;
  /** From the frame's trailer. */
  #status: number | null = null;
  /** From the SSH protocol. */
  #code: number | null = null;
  #signal: string | null = null;

  constructor(connection: Connection, channel: ssh2.ClientChannel, windowBytes: number | null, options: StartOptions) {
    this.#connection = connection;
    this.#channel = channel;
    this.#pidKnown = new Promise((resolve) => {
      this.#reportPid = resolve;
    });
    this.exit = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#stderr = new StderrLines((frame) => {
      if (frame.kind === 'pid') {
        this.#reportPid(frame.value);
        options.onPid?.(frame.value);
      } else this.#status = frame.value;
    }, options.onStderr);
    this.stdin = this.#input();
    this.stdout = this.#output(windowBytes);
    // Without a listener an `error` of a stream that nobody uses would end the process.
    this.stdin.on('error', () => {});
    this.stdout.on('error', () => {});
    this.#watchEnd();
  }

  kill(): void {
    if (this.#killed || this.#settled) return;
    this.#killed = true;
    void this.#end();
  }

  async #end(): Promise<void> {
    const why = new SluiceError(cancelled(this.#connection.peer.described));
    this.stdin.destroy(why);
    this.stdout.destroy(why);
    // What still comes is thrown away, so that the channel can close.
    this.#channel.resume();
    // Closing the channel leaves a silent command running. sshd passes a signal on, but not for root (and only since
    // OpenSSH 7.9), so another command ends it.
    if (this.#connection.gone === null) this.#channel.signal('TERM');
    await Promise.race([this.#terminate(), this.exit, wait(2 * END_GRACE)]);
    if (this.#connection.gone === null) this.#channel.close();
    await Promise.race([this.exit, wait(CLOSE_GRACE)]);
    this.#finish(null);
  }

  async #terminate(): Promise<void> {
    const pid = await Promise.race([this.#pidKnown, wait(END_GRACE)]);
    if (pid === undefined) return;
    try {
      await this.#connection.exec(wireEnd(pid), async (channel) => {
        channel.on('error', () => {}).resume();
        channel.stderr.resume();
        await new Promise((resolve) => channel.once('close', resolve));
      });
    } catch {
      // Best effort: the closed channel ends a sender by SIGPIPE and a receiver by the end of its input.
    }
  }

  #input(): Writable {
    const channel = this.#channel;
    return new Writable({
      highWaterMark: BUFFER,
      write: (chunk, _encoding, done) => {
        channel.write(chunk, done);
      },
      final: (done) => {
        channel.end(() => done());
      },
      destroy: (error, done) => {
        // Input that ends early must not look complete to the command: it gets no end of file, it is ended.
        if (!this.stdin.writableFinished && !this.#inputOver) this.kill();
        done(error);
      },
    });
  }

  #output(windowBytes: number | null): Readable {
    const channel = this.#channel;
    const topUp = windowBytes === null ? null : this.#connection.widen(channel, windowBytes);
    let behind = false;
    const stdout = new Readable({
      highWaterMark: BUFFER,
      read: () => {
        channel.resume();
      },
      destroy: (error, done) => {
        if (!stdout.readableEnded) this.kill();
        done(error);
      },
    });
    channel.on('data', (chunk: Buffer) => {
      if (this.#connection.gone === null) topUp?.(chunk.length, behind);
      behind = false;
      if (stdout.destroyed || stdout.push(chunk)) return;
      behind = true;
      channel.pause();
    });
    channel.once('end', () => {
      if (!stdout.destroyed) stdout.push(null);
    });
    return stdout;
  }

  #watchEnd(): void {
    const channel = this.#channel;
    // ssh2's callbacks of writes report what goes wrong; the event itself would end the process.
    channel.on('error', () => {});
    channel.stderr.on('error', () => {});
    // Always read: unread stderr shares the channel's window and freezes stdout.
    channel.stderr.on('data', (chunk: Buffer) => this.#stderr.push(chunk));
    channel.on('exit', (code: number | null, signal?: string) => {
      this.#code = code;
      this.#signal = signal?.replace(/^SIG/, '') ?? null;
      this.#endInput();
    });
    const ended = (stream: Readable) => new Promise((resolve) => stream.once('close', resolve));
    const forget = this.#connection.onGone((why) => this.#lose(why));
    void Promise.all([ended(channel), ended(channel.stderr)]).then(() => {
      forget();
      this.#finish(null);
    });
  }

  /** Nobody reads the input any more: a write would wait for ever. */
  #endInput(): void {
    if (this.stdin.writableFinished || this.stdin.destroyed) return;
    this.#inputOver = true;
    this.stdin.destroy(new SluiceError(endedEarly(this.#connection.peer.described)));
  }

  #lose(why: Failure): void {
    // All of it has come already; only the reader here is behind.
    if (hostClosedChannel(this.#channel)) return;
    this.#finish(why);
  }

  #finish(lost: Failure | null): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#stderr.end();
    if (lost !== null) {
      this.stdin.destroy(new SluiceError(lost));
      this.stdout.destroy(new SluiceError(lost));
    } else {
      this.#endInput();
    }
    this.#settle({
      status: this.#status ?? this.#code,
      signal: this.#signal,
      lost,
      stderr: this.#stderr.tail,
    });
  }
}

/**
 * Wraps a channel on which a command was just started. Must be called in the turn in which the channel opened.
 *
 * @param windowBytes how far the host may send ahead where that helps; null: ssh2's 2 MiB
 */
export const runOnChannel = (
  connection: Connection,
  channel: ssh2.ClientChannel,
  windowBytes: number | null,
  options: StartOptions,
): Running => new ChannelCommand(connection, channel, windowBytes, options);
