import type { Readable, Writable } from 'node:stream';
import { RateLimit } from '../../shared/transfer/rate-limit.ts';
import type { Clock } from './clock.ts';

/**
 * How pumping came to its end. `drained`: the source ended and the sink accepted all of it; the sink was not ended, since
 * only the source's exit status tells whether this was really all (a lost ssh2 connection looks like an end).
 */
export type PumpEnd =
  | { readonly kind: 'drained' }
  | { readonly kind: 'source-failed' | 'sink-failed'; readonly error: Error }
  | { readonly kind: 'stopped' };

export interface PumpOptions {
  /** Bytes per second; null: no limit. */
  readonly limit: number | null;
  readonly clock: Clock;
  /** Called with each number of bytes that the sink has accepted. */
  readonly onAccepted: (bytes: number) => void;
  /** Called with each chunk of the source once the sink is done with all of it, so that its memory can be used again. */
  readonly onDone?: (chunk: Buffer) => void;
  /** The byte at this place is changed; null or absent: none, as always outside of tests. */
  readonly flipAt?: number | null;
}

/**
 * Moves bytes from a readable to a writable: counted, limited, pausable, never faster than the sink takes them.
 * At most one chunk is kept here; all other buffering is the two streams' own.
 */
export class Pump {
  /** Settles once, never rejects. */
  readonly done: Promise<PumpEnd>;
  readonly #source: Readable;
  readonly #sink: Writable;
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #onAccepted: (bytes: number) => void;
  readonly #onDone: ((chunk: Buffer) => void) | undefined;
  /** Bytes until the one that a test wants changed. */
  #flipAt: number | null;
  readonly #listeners: (() => void)[] = [];
  #settle: ((end: PumpEnd) => void) | null = null;
  /** The chunk that the source gave last, if the sink was not yet given all of it, and the part that is left. */
  #chunk: Buffer | null = null;
  #pending: Buffer | null = null;
  #sourceEnded = false;
  #sinkFull = false;
  /** Why the sink takes no more. */
  #lost: Error | null = null;
  #paused = false;
  #cancelTimer: (() => void) | null = null;
  #unaccepted = 0;

  /** Starts at once. The source must not have been read from, nor ended, before. */
  constructor(source: Readable, sink: Writable, options: PumpOptions) {
    this.#source = source;
    this.#sink = sink;
    this.#clock = options.clock;
    this.#limit = new RateLimit(options.limit, options.clock.now());
    this.#onAccepted = options.onAccepted;
    this.#onDone = options.onDone;
    this.#flipAt = options.flipAt ?? null;
    this.done = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#listen();
  }

  /** @param bytesPerSecond the new limit, from now on; null: none */
  setLimit(bytesPerSecond: number | null): void {
    this.#limit.setRate(bytesPerSecond, this.#clock.now());
    this.#forward();
  }

  pause(): void {
    this.#paused = true;
    this.#forward();
  }

  goOn(): void {
    this.#paused = false;
    this.#forward();
  }

  /** Ends the pumping where it is; neither stream is closed. */
  stop(): void {
    this.#end({ kind: 'stopped' });
  }

  #listen(): void {
    this.#on(this.#source, 'data', (chunk) => this.#take(chunk as Buffer));
    this.#on(this.#source, 'end', () => {
      this.#sourceEnded = true;
      this.#finishIfDrained();
    });
    this.#on(this.#source, 'error', (error) => this.#end({ kind: 'source-failed', error: error as Error }));
    this.#on(this.#source, 'close', () => {
      if (!this.#sourceEnded)
        this.#end({ kind: 'source-failed', error: new Error('The source closed without an end.') });
    });
    this.#on(this.#sink, 'drain', () => {
      this.#sinkFull = false;
      this.#forward();
    });
    this.#on(this.#sink, 'error', (error) => this.#lose(error as Error));
    this.#on(this.#sink, 'close', () => this.#lose(new Error('The destination closed before the end of the stream.')));
  }

  /** What an event carries is known only where it is listened to, hence `unknown` here. */
  #on(stream: Readable | Writable, event: string, listener: (value: unknown) => void): void {
    stream.on(event, listener);
    this.#listeners.push(() => stream.off(event, listener));
  }

  /**
   * The sink takes no more. That is a failure only if it is owed something: `zfs receive` leaves as soon as it has seen
   * the stream's END record, which may be before the source's own end is known here.
   */
  #lose(why: Error): void {
    this.#lost ??= why;
    this.#forward();
  }

  get #owing(): boolean {
    return this.#pending !== null || this.#unaccepted > 0;
  }

  #take(chunk: Buffer): void {
    if (this.#flipAt !== null) this.#flip(chunk, this.#flipAt);
    this.#chunk = this.#pending === null ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#pending = this.#chunk;
    this.#forward();
  }

  #flip(chunk: Buffer, at: number): void {
    const byte = chunk[at];
    this.#flipAt = byte === undefined ? at - chunk.length : null;
    if (byte !== undefined) chunk[at] = byte ^ 1;
  }

  /** Gives the sink as much as it, the limit and the pause allow, and tells the source whether to continue. */
  #forward(): void {
    if (this.#settle === null) return;
    if (this.#lost !== null && this.#owing) {
      this.#end({ kind: 'sink-failed', error: this.#lost });
      return;
    }
    while (this.#pending !== null && !this.#sinkFull && !this.#paused) {
      const granted = this.#limit.take(this.#pending.length, this.#clock.now());
      if (granted === 0) break;
      if (granted === this.#pending.length) {
        const last = this.#pending;
        this.#pending = null;
        this.#give(last, this.#chunk);
      } else {
        const slice = this.#pending.subarray(0, granted);
        this.#pending = this.#pending.subarray(granted);
        this.#give(slice, null);
      }
    }
    this.#wait();
    if (this.#pending === null && !this.#sinkFull && !this.#paused) this.#source.resume();
    else this.#source.pause();
  }

  /** @param done the chunk of which this is the last slice */
  #give(slice: Buffer, done: Buffer | null): void {
    const bytes = slice.length;
    this.#unaccepted += bytes;
    this.#sinkFull = !this.#sink.write(slice, (error) => {
      if (error) return;
      this.#unaccepted -= bytes;
      this.#onAccepted(bytes);
      if (done !== null) this.#onDone?.(done);
      this.#finishIfDrained();
    });
  }

  /** Has itself woken when the limit allows the next slice. */
  #wait(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#pending === null || this.#sinkFull || this.#paused) return;
    const ms = this.#limit.msUntil(this.#pending.length, this.#clock.now());
    this.#cancelTimer = this.#clock.after(ms, () => this.#forward());
  }

  #finishIfDrained(): void {
    if (this.#sourceEnded && !this.#owing) this.#end({ kind: 'drained' });
  }

  #end(end: PumpEnd): void {
    if (this.#settle === null) return;
    const settle = this.#settle;
    this.#settle = null;
    this.#cancelTimer?.();
    this.#pending = null;
    for (const remove of this.#listeners) remove();
    // What fails after the end is told by the commands' exits; without a listener it would end the process.
    this.#source.on('error', () => undefined);
    this.#sink.on('error', () => undefined);
    if (end.kind !== 'drained') this.#source.pause();
    settle(end);
  }
}
