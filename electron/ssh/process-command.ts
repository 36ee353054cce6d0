/** A command as a process of this computer, with streams that behave as those of a command on a channel do. */
import type { ChildProcessByStdio } from 'node:child_process';
import { type Readable, Writable } from 'node:stream';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { cancelled, endedEarly } from './faults.ts';
import type { Exit, Running, StartOptions } from './shell.ts';
import { StderrLines } from './stderr-lines.ts';

/** Milliseconds until a command that does not heed TERM is killed. */
const TERM_GRACE = 5_000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface ProcessParts {
  /** Names the host in messages. */
  readonly described: string;
  /** Called when the command is ended from here, with the pid that its frame reported, if it did. */
  readonly onKill: (pid: number | null) => void;
  /** Whether the connection was lost, if the frame did not report a status; null: the process's own code counts. */
  readonly whyLost: (code: number | null, stderr: string) => Failure | null;
}

/** A command whose three streams are a process of this computer: a shell here, or ssh to a host. */
export class ProcessCommand implements Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly exit: Promise<Exit>;
  readonly #child: Child;
  readonly #parts: ProcessParts;
  #pid: number | null = null;
  #over = false;
  #killed = false;
  #inputOver = false;

  constructor(child: Child, parts: ProcessParts, options: StartOptions) {
    this.#child = child;
    this.#parts = parts;
    let status: number | null = null;
    const stderr = new StderrLines((frame) => {
      if (frame.kind === 'status') status = frame.value;
      else {
        this.#pid = frame.value;
        options.onPid?.(frame.value);
      }
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
        const lost = status === null ? parts.whyLost(code, stderr.tail) : null;
        if (lost !== null) this.stdin.destroy(new SluiceError(lost));
        resolve({
          status: status ?? (lost === null ? code : null),
          signal: signal?.replace(/^SIG/, '') ?? null,
          lost,
          stderr: stderr.tail,
        });
      });
    });
  }

  kill(): void {
    if (this.#over || this.#killed) return;
    this.#killed = true;
    this.#parts.onKill(this.#pid);
    this.#signal('SIGTERM');
    setTimeout(() => this.#signal('SIGKILL'), TERM_GRACE).unref();
    const why = new SluiceError(cancelled(this.#parts.described));
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
          done(new SluiceError(endedEarly(this.#parts.described), { cause: error }));
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
    this.stdin.destroy(new SluiceError(endedEarly(this.#parts.described)));
  }
}
