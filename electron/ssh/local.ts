/** This computer's command line, with the semantics of a connection to a host. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Readable, Writable } from 'node:stream';
import { type Failure, failure, SluiceError } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import { collect, lines, type Starter } from './collect.ts';
import { cancelled, connectionClosed, endedEarly, messageOf } from './faults.ts';
import type { Collected, CollectOptions, Exit, Running, Shell, StartOptions } from './shell.ts';
import { StderrLines } from './stderr-lines.ts';

const HERE = 'this computer';
/** Milliseconds until a command that does not heed TERM is killed. */
const TERM_GRACE = 5_000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

class LocalCommand implements Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly exit: Promise<Exit>;
  readonly #child: Child;
  #over = false;
  #inputOver = false;

  constructor(child: Child, options: StartOptions) {
    this.#child = child;
    let status: number | null = null;
    const stderr = new StderrLines((frame) => {
      if (frame.kind === 'status') status = frame.value;
      else options.onPid?.(frame.value);
    }, options.onStderr);
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stderr.on('error', () => {});
    this.stdout = child.stdout;
    this.stdout.on('error', () => {});
    this.stdout.once('close', () => {
      if (!this.stdout.readableEnded) this.kill();
    });
    this.stdin = this.#input();
    child.once('exit', () => this.#endInput());
    this.exit = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#over = true;
        stderr.end();
        resolve({
          status: status ?? code,
          signal: signal?.replace(/^SIG/, '') ?? null,
          lost: null,
          stderr: stderr.tail,
        });
      });
    });
  }

  kill(): void {
    if (this.#over) return;
    this.#signal('SIGTERM');
    setTimeout(() => this.#signal('SIGKILL'), TERM_GRACE).unref();
    const why = new SluiceError(cancelled(HERE));
    this.#inputOver = true;
    this.stdin.destroy(why);
    this.stdout.destroy(why);
  }

  #signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#over) return;
    try {
      // The whole group: `detached` made the shell its leader.
      process.kill(-pid, name);
    } catch {
      // ESRCH: it ended by itself meanwhile.
    }
  }

  #input(): Writable {
    const { stdin } = this.#child;
    stdin.on('error', () => {});
    const input = new Writable({
      write: (chunk, _encoding, done) => {
        stdin.write(chunk, (error) => {
          if (!error) return done();
          // EPIPE: the command has stopped reading. It may still be saying why, so it is not ended here.
          this.#inputOver = true;
          done(new SluiceError(endedEarly(HERE), { cause: error }));
        });
      },
      final: (done) => {
        stdin.end(() => done());
      },
      destroy: (error, done) => {
        // Input that ends early must not look complete to the command: it is ended before it sees the end of file.
        if (!input.writableFinished && !this.#inputOver) this.kill();
        stdin.destroy();
        done(error);
      },
    });
    return input.on('error', () => {});
  }

  #endInput(): void {
    if (this.stdin.writableFinished || this.stdin.destroyed) return;
    this.#inputOver = true;
    this.stdin.destroy(new SluiceError(endedEarly(HERE)));
  }
}

class LocalShell implements Shell {
  readonly closed: Promise<Failure | null>;
  readonly #platform: NodeJS.Platform;
  readonly #running = new Set<Running>();
  readonly #starter: Starter = { described: HERE, start: (command) => this.start(command) };
  #reportClosed!: (why: null) => void;
  #isClosed = false;

  constructor(platform: NodeJS.Platform) {
    this.#platform = platform;
    this.closed = new Promise((resolve) => {
      this.#reportClosed = resolve;
    });
  }

  async start(command: WireText, options: StartOptions = {}): Promise<Running> {
    if (this.#isClosed) throw new SluiceError(failure(connectionClosed(HERE)));
    if (this.#platform === 'win32') {
      throw new SluiceError({
        code: 'no-local-zfs',
        message: 'Windows has no ZFS of its own that Sluice could use.',
        next: 'Choose hosts that are reached over SSH for both ends.',
      });
    }
    // A session and process group of its own, like a command under sshd.
    const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    try {
      await once(child, 'spawn');
    } catch (error) {
      throw new SluiceError(
        {
          code: 'command-not-started',
          message: 'A command could not be started on this computer.',
          cause: messageOf(error),
          kind: 'passing',
        },
        { cause: error },
      );
    }
    const running = new LocalCommand(child, options);
    this.#running.add(running);
    void running.exit.then(() => this.#running.delete(running));
    return running;
  }

  async collect(command: WireText, options: CollectOptions = {}): Promise<Collected> {
    return await collect(this.#starter, command, options);
  }

  lines(command: WireText, options: CollectOptions = {}): AsyncGenerator<string, Exit> {
    return lines(this.#starter, command, options);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running];
    for (const command of running) command.kill();
    await Promise.all(running.map((command) => command.exit));
    this.#reportClosed(null);
  }
}

/** This computer. On Windows every command is refused with `no-local-zfs`. */
export const localShell = (platform: NodeJS.Platform = process.platform): Shell => new LocalShell(platform);
