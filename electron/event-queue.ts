/** Events between who tells them and who fetches them one by one: none is lost, however slowly they are fetched. */
export class EventQueue<Event extends object> {
  readonly #events: Event[] = [];
  readonly #replaces: (last: Event, next: Event) => boolean;
  #isOver = false;
  #wake = () => {};

  /** @param replaces true if nobody needs the last that is still to be fetched once there is the next; default: all are needed */
  constructor(replaces: (last: Event, next: Event) => boolean = () => false) {
    this.#replaces = replaces;
  }

  push(event: Event): void {
    const last = this.#events.at(-1);
    if (last !== undefined && this.#replaces(last, event)) this.#events.pop();
    this.#events.push(event);
    this.#wake();
  }

  /** No more will come; what has come can still be fetched. */
  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** For one reader. Ends after the last event, and at once when the signal fires. */
  async *read(signal?: AbortSignal): AsyncGenerator<Event, void> {
    const onAbort = () => this.#wake();
    signal?.addEventListener('abort', onAbort);
    try {
      while (signal?.aborted !== true) {
        const event = this.#events.shift();
        if (event !== undefined) yield event;
        else if (this.#isOver) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
