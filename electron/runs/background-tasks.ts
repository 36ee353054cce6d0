/** Work that continues in the background of what comes next. */
export class BackgroundTasks {
  readonly #most: number;
  readonly #underWay = new Set<Promise<void>>();
  #fault: { readonly thrown: unknown } | null = null;

  /** @param most of it at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** Begins it as soon as there is room, and does not wait for its end. */
  async begin(work: () => Promise<void>): Promise<void> {
    while (this.#underWay.size >= this.#most) await Promise.race(this.#underWay);
    const task: Promise<void> = work()
      .catch((thrown: unknown) => {
        this.#fault ??= { thrown };
      })
      .finally(() => this.#underWay.delete(task));
    this.#underWay.add(task);
  }

  /** Waits for all that was begun. @throws what went wrong first */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#fault !== null) throw this.#fault.thrown;
  }
}
