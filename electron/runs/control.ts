/** What the user wants of a run under way: that it continues, pauses or ends. */
import { Stopped } from './step-fault.ts';

/** `interrupted`: the application is closing, and the run is to be resumed later. */
export type Ending = 'cancelled' | 'interrupted';

export class RunControl {
  readonly #stop = new AbortController();
  /** Settles when a paused run continues; null while it is not paused. */
  #paused: PromiseWithResolvers<void> | null = null;
  #ending: Ending | null = null;

  /** Aborts when the run is to end. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get ending(): Ending | null {
    return this.#ending;
  }

  get paused(): boolean {
    return this.#paused !== null;
  }

  /** @returns false if there is nothing to pause: it is already paused, or ending */
  pause(): boolean {
    if (this.#paused !== null || this.#ending !== null) return false;
    this.#paused = Promise.withResolvers();
    return true;
  }

  /** @returns false if it was not paused */
  goOn(): boolean {
    if (this.#paused === null) return false;
    this.#paused.resolve();
    this.#paused = null;
    return true;
  }

  /** The first reason to end counts. */
  end(how: Ending): void {
    this.#ending ??= how;
    this.#stop.abort();
    this.#paused?.resolve();
  }

  /** Waits for as long as the run is paused. @throws Stopped if it is to end */
  async waitWhilePaused(): Promise<void> {
    await this.#paused?.promise;
    if (this.#ending !== null) throw new Stopped('The run was told to stop.');
  }
}
