/** `collect` and `lines` of a Shell, made from its `start`. */
import { constants } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';
import { type FailureParts, SluiceError } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import { cancelled } from './faults.ts';
import type { Collected, CollectOptions, Exit, Running } from './shell.ts';

const DEFAULT_TIMEOUT = 60_000;
const DEFAULT_MAX_BYTES = 1024 ** 3;

export interface Starter {
  /** Names the host in messages. */
  readonly described: string;
  readonly start: (command: WireText) => Promise<Running>;
}

const timedOut = (described: string, ms: number): FailureParts => ({
  code: 'timeout',
  message: `A command on ${described} took longer than ${ms / 1000} s and was ended.`,
  cause: 'The host is very busy, or the command waits for something: a pool that hangs, a disk that does not answer.',
  next: 'Look at the host: `zpool status` there says more.',
  kind: 'passing',
});

const tooLarge = (described: string, bytes: number): FailureParts => ({
  code: 'output-too-large',
  message: `A command on ${described} printed more than ${bytes} bytes and was ended.`,
  next: 'Ask for a smaller part of the host: one pool or one dataset.',
  evidence: { bytes },
});

/** Ends a command on time-out, on cancelling and on too much output, and remembers which. */
class Watch {
  readonly #running: Running;
  readonly #described: string;
  readonly #maxBytes: number;
  readonly #cleanUp: () => void;
  readonly #stopped: Promise<never>;
  #reject!: (why: SluiceError) => void;
  #bytes = 0;

  constructor(running: Running, described: string, options: CollectOptions) {
    this.#running = running;
    this.#described = described;
    // A longer text does not fit into a JavaScript string.
    this.#maxBytes = Math.min(options.maxBytes ?? DEFAULT_MAX_BYTES, constants.MAX_STRING_LENGTH);
    const ms = options.timeoutMs ?? DEFAULT_TIMEOUT;
    this.#stopped = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.#stopped.catch(() => {});
    const timer = setTimeout(() => this.#stop(timedOut(described, ms)), ms);
    const onAbort = () => this.#stop(cancelled(described));
    options.signal?.addEventListener('abort', onAbort, { once: true });
    this.#cleanUp = () => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
    };
    if (options.signal?.aborted) onAbort();
  }

  /** A reader that has turned away takes no more output: a timer left to `output` would then keep the process alive. */
  #stop(why: FailureParts): void {
    this.#cleanUp();
    this.#reject(new SluiceError(why));
    this.#running.kill();
  }

  /** stdout as it comes; throws why the command was ended, and when the connection was lost. */
  async *output(): AsyncGenerator<Buffer, Exit> {
    const { stdin, stdout, exit } = this.#running;
    stdin.end();
    const chunks: AsyncIterator<Buffer> = stdout[Symbol.asyncIterator]();
    let complete = false;
    try {
      for (;;) {
        const next = await Promise.race([chunks.next(), this.#stopped]);
        if (next.done) break;
        this.#bytes += next.value.length;
        if (this.#bytes > this.#maxBytes) this.#stop(tooLarge(this.#described, this.#maxBytes));
        else yield next.value;
      }
      const ended = await Promise.race([exit, this.#stopped]);
      if (ended.lost !== null) throw new SluiceError(ended.lost);
      complete = true;
      return ended;
    } finally {
      this.#cleanUp();
      if (!complete) this.#running.kill();
    }
  }
}

/** Runs a command to its end; see {@link Shell.collect}. */
export async function collect(shell: Starter, command: WireText, options: CollectOptions): Promise<Collected> {
  if (options.signal?.aborted) throw new SluiceError(cancelled(shell.described));
  const watch = new Watch(await shell.start(command), shell.described, options);
  const output = watch.output();
  const chunks: Buffer[] = [];
  for (;;) {
    const next = await output.next();
    if (next.done) return { ...next.value, stdout: Buffer.concat(chunks).toString('utf8') };
    chunks.push(next.value);
  }
}

/** Runs a command and yields the lines of its stdout; see {@link Shell.lines}. */
export async function* lines(shell: Starter, command: WireText, options: CollectOptions): AsyncGenerator<string, Exit> {
  if (options.signal?.aborted) throw new SluiceError(cancelled(shell.described));
  const watch = new Watch(await shell.start(command), shell.described, options);
  const output = watch.output();
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for (;;) {
      const next = await output.next();
      if (next.done) {
        rest += decoder.end();
        if (rest !== '') yield rest;
        return next.value;
      }
      const parts = (rest + decoder.write(next.value)).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
  } finally {
    // A reader that stops half-way ends the command.
    await output.return({ status: null, signal: null, lost: null, stderr: '' });
  }
}
