/** A person at a terminal: runs the `sluice` command on a pseudo-terminal (`script` of util-linux), reads and types. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { showCommand } from '../../shared/zfs/wire.ts';

const entry = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url));
const PATIENCE_MS = 90_000;

/** Ctrl-D ends the input. */
export const END_OF_INPUT = '\u0004';

export class Person {
  readonly child: ChildProcess;
  /** All that was shown so far. */
  shown = '';
  #read = 0;
  #wake = () => {};
  readonly #ended: Promise<number | null>;

  /** @param env of the command, besides this process's own */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const command = showCommand([process.execPath, entry, ...args]);
    this.child = spawn('script', ['-qfec', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TERM: 'dumb', ...env },
    });
    this.child.stdout?.on('data', (data) => {
      this.shown += data;
      this.#wake();
    });
    this.#ended = once(this.child, 'close').then(([status]) => {
      this.#wake();
      return status;
    });
  }

  /** Waits for a text that was not waited for before. @throws Error with all that was shown if it does not come */
  async sees(text: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const at = this.shown.indexOf(text, this.#read);
      if (at >= 0) {
        this.#read = at + text.length;
        return;
      }
      if (Date.now() > end || this.child.exitCode !== null) throw new Error(`“${text}” is not in:\n${this.shown}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, 500);
      });
    }
  }

  /** What was asked for by a text, and Enter. */
  async answers(question: string, answer: string): Promise<void> {
    await this.sees(question);
    this.child.stdin?.write(answer === END_OF_INPUT ? answer : `${answer}\r`);
  }

  /** @returns the exit code of the command; a signal that ended it as 128 + its number */
  async end(): Promise<number | null> {
    const status = await this.#ended;
    this.child.stdin?.end();
    return status;
  }
}
