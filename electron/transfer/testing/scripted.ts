import { PassThrough } from 'node:stream';
import { SluiceError } from '../../../shared/model/failure.ts';
import type { WireText } from '../../../shared/zfs/wire.ts';
import type { Exit, Running, Shell, StartOptions } from '../../ssh/shell.ts';

/** A command whose every move a test decides. */
export class ScriptedCommand implements Running {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly exit: Promise<Exit>;
  killed = false;
  /** Says a line on its stderr. */
  say: (line: string) => void = () => undefined;
  /** Whether a kill makes it end by itself, as a command that heeds TERM. */
  heedsKill = true;
  #settle!: (exit: Exit) => void;

  constructor() {
    this.exit = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.stdin.on('error', () => undefined).resume();
    this.stdout.on('error', () => undefined);
  }

  kill(): void {
    this.killed = true;
    if (this.heedsKill) this.end({ signal: 'TERM', status: null });
  }

  /** Ends it; as with real commands, nobody reads its stdin from then on. */
  end(parts: Partial<Exit>): void {
    this.#settle({ status: 0, signal: null, lost: null, stderr: '', ...parts });
    if (!this.stdin.writableFinished) this.stdin.destroy(new Error('ended before it had read all of its input'));
  }
}

/** A connection that starts one prepared command, or refuses. */
export class ScriptedShell implements Shell {
  readonly closed = Promise.resolve(null);
  readonly command = new ScriptedCommand();
  readonly #refusal: SluiceError | null;
  isClosed = false;

  constructor(refusal: SluiceError | null = null) {
    this.#refusal = refusal;
  }

  async start(_command: WireText, options: StartOptions = {}): Promise<Running> {
    if (this.#refusal !== null) throw this.#refusal;
    this.command.say = options.onStderr ?? this.command.say;
    return this.command;
  }

  collect(): never {
    throw new Error('A relay only starts commands.');
  }

  lines(): never {
    throw new Error('A relay only starts commands.');
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

export const lostLine = new SluiceError({
  code: 'connection-lost',
  message: 'The connection to nas was lost.',
  kind: 'passing',
});
