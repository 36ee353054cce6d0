/** Of the 10 commands that a stock sshd takes at once on a connection (MaxSessions); the others are left to what streams. */
export const COLLECTING_AT_ONCE = 6;

/** A queue with a number of places. */
export class Slots {
  #limit: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns gives the place back; to be called once */
  async take(): Promise<() => void> {
    if (this.#taken >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    return () => {
      const next = this.#taken <= this.#limit ? this.#waiting.shift() : undefined;
      if (next === undefined) this.#taken -= 1;
      else next();
    };
  }

  /**
   * Learns that one place fewer exists than are taken now.
   *
   * @returns false if the taker was alone, so that waiting for others is no help
   */
  shrink(): boolean {
    if (this.#taken <= 1) return false;
    this.#limit = Math.min(this.#limit, this.#taken - 1);
    return true;
  }
}
