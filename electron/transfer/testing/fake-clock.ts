import type { Clock } from '../clock.ts';

/** A clock for tests: time passes only when told to. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass, calling back in order, with the streams' own work done between the callbacks. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await streamsSettle();
    for (;;) {
      const [next] = [...this.#timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await streamsSettle();
    }
    this.#now = until;
  }
}

/** Turns of the event loop enough for streams in memory to do all they can do without time passing. */
export async function streamsSettle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate);
}
