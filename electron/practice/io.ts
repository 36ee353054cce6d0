/** How the simulated commands read and write: pull and push with back-pressure, nothing of Node's streams. */

/** Reading from something that may end, break or be slow. */
export interface Source {
  /** @returns the next bytes, null at the end. The buffer is the reader's to keep. */
  read(): Promise<Buffer | null>;
}

/** Writing to something that may be slow or go away. */
export interface Sink {
  /**
   * Settles when more may be written. The buffer must not change afterwards.
   * @throws BrokenPipe once nobody reads any more
   */
  write(data: Buffer): Promise<void>;
}

/** The reader went away: a real program would have died of SIGPIPE. */
export class BrokenPipe extends Error {
  constructor() {
    super('Broken pipe');
    this.name = 'BrokenPipe';
  }
}

/** The process was sent a signal that ends it. */
export class Killed extends Error {
  readonly signal: string;

  constructor(signal: string) {
    super(`Killed by SIG${signal}`);
    this.name = 'Killed';
    this.signal = signal;
  }
}

export const emptySource: Source = { read: () => Promise.resolve(null) };

/** `/dev/null` */
export const nullSink: Sink = { write: () => Promise.resolve() };

/** Collects everything, for commands whose output is small. */
export function collectingSink(): Sink & { text(): string } {
  const parts: Buffer[] = [];
  return {
    write: (data) => {
      parts.push(data);
      return Promise.resolve();
    },
    text: () => Buffer.concat(parts).toString(),
  };
}

/** Rejects with {@link Killed} once the signal is raised, whatever the promise does. */
export function untilKilled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A pipe between two commands: holds one chunk, so the writer is never far ahead of the reader. */
export function pipe(): { source: Source & { close(): void }; sink: Sink & { close(): void } } {
  let chunk: Buffer | null = null;
  let ended = false;
  let broken = false;
  let wake: () => void = () => {};
  const change = () =>
    new Promise<void>((resolve) => {
      wake = chain(wake, resolve);
    });
  const chain = (first: () => void, second: () => void) => () => {
    first();
    second();
  };
  const changed = () => {
    const run = wake;
    wake = () => {};
    run();
  };
  return {
    source: {
      async read() {
        while (chunk === null && !ended) await change();
        const taken = chunk;
        chunk = null;
        changed();
        return taken;
      },
      close() {
        broken = true;
        chunk = null;
        changed();
      },
    },
    sink: {
      async write(data) {
        while (chunk !== null && !broken) await change();
        if (broken) throw new BrokenPipe();
        chunk = data;
        changed();
      },
      close() {
        ended = true;
        changed();
      },
    },
  };
}
