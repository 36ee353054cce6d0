/** A queue with a number of places: sshd takes 10 commands at once on a connection, and a relay needs some of them. */
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
