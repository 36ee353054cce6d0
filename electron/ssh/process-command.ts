/** A command as a process of this computer, with streams that behave as those of a command on a channel do. */
import type { ChildProcessByStdio } from 'node:child_process';
import { type Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { cancelled, endedEarly } from './faults.ts';
import type { Exit, Running, StartOptions } from './shell.ts';
import { StderrLines } from './stderr-lines.ts';

/** Milliseconds for the frame to report its pid, and as many for ending the command by it. */
const END_GRACE = 2_000;
/** Milliseconds until a command that does not heed TERM is killed. */
const TERM_GRACE = 5_000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface ProcessParts {
  /** Names the host in messages. */
  readonly described: string;
  /** Ends the command where it runs, by the pid that its frame reported; null: the process is all there is. */
  readonly endThere: ((pid: number) => Promise<void>) | null;
  /** Why code and signal are those of a lost connection, if the frame did not report a status; null: they are the command's. */
  readonly whyLost: (code: number | null, stderr: string) => Failure | null;
}

/** A command whose three streams are a process of this computer: a shell here, or ssh to a host. */
export class ProcessCommand implements Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly exit: Promise<Exit>;
  readonly #child: Child;
  readonly #parts: ProcessParts;
  readonly #pidKnown: Promise<number>;
  #reportPid!: (pid: number) => void;
  #over = false;
  #killed = false;
  #inputOver = false;

  constructor(child: Child, parts: ProcessParts, options: StartOptions) {
    this.#child = child;
    this.#parts = parts;
    this.#pidKnown = new Promise((resolve) => {
      this.#reportPid = resolve;
    });
    let status: number | null = null;
    const stderr = new StderrLines((frame) => {
      if (frame.kind === 'status') status = frame.value;
      else {
        this.#reportPid(frame.value);
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
        const cut = status === null ? parts.whyLost(code, stderr.tail) : null;
        // An ssh that is ended from here leaves with 255 as one whose line was cut does.
        const lost = this.#killed ? null : cut;
        if (lost !== null) this.stdin.destroy(new SluiceError(lost));
        resolve({
          status: status ?? (cut === null ? code : null),
          signal: cut === null ? (signal?.replace(/^SIG/, '') ?? null) : null,
          lost,
          stderr: stderr.tail,
        });
      });
    });
  }

  kill(): void {
    if (this.#over || this.#killed) return;
    this.#killed = true;
    const { endThere } = this.#parts;
    if (endThere === null) this.#stop();
    else void this.#stopAfter(endThere);
    const why = new SluiceError(cancelled(this.#parts.described));
    this.#inputOver = true;
    this.stdin.destroy(why);
    this.stdout.destroy(why);
  }

  /**
   * The ssh that stays has this one's streams in its hands, and carries them on when this one is gone: its command would see an
   * end of input, and one that had not begun yet would begin.
   */
  async #stopAfter(endThere: (pid: number) => Promise<void>): Promise<void> {
    const pid = await Promise.race([this.#pidKnown, this.exit, wait(END_GRACE, null, { ref: false })]);
    if (typeof pid === 'number') await Promise.race([endThere(pid), this.exit, wait(END_GRACE, null, { ref: false })]);
    this.#stop();
  }

  #stop(): void {
    this.#signal('SIGTERM');
    // A stopped process heeds TERM only then.
    this.#signal('SIGCONT');
    setTimeout(() => this.#signal('SIGKILL'), TERM_GRACE).unref();
    this.#child.stdin.destroy();
  }

  #signal(name: 'SIGTERM' | 'SIGCONT' | 'SIGKILL'): void {
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
        if (!this.#killed) stdin.destroy();
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
