/** Keeps connections between the streams that one thread carries one after the other, so that each need not log in again. */
import type { Side } from '../../shared/model/side.ts';
import type { Shell } from '../ssh/shell.ts';
import type { Endpoint } from './job.ts';

type Open = (endpoint: Endpoint, signal: AbortSignal) => Promise<Shell>;

const keyOf = (side: Side, endpoint: Endpoint): string => JSON.stringify([side, endpoint]);

/** Rejects when the signal aborts. */
const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

export class LendShells {
  readonly #open: Open;
  /** Also those that are still logging in. */
  readonly #idle = new Map<string, Promise<Shell>>();

  constructor(open: Open) {
    this.#open = open;
  }

  /** Logs in ahead of a stream. A login that fails is forgotten: whoever lends tries again. */
  prepare(side: Side, endpoint: Endpoint): void {
    const key = keyOf(side, endpoint);
    if (!this.#idle.has(key)) this.#keep(key, this.#open(endpoint, new AbortController().signal));
  }

  /**
   * A connection to the end, one that is idle or a new one. Closing it gives it back if every command on it has told its end, and
   * closes it otherwise.
   *
   * @throws SluiceError as opening does
   */
  async lend(side: Side, endpoint: Endpoint, signal: AbortSignal): Promise<Shell> {
    const key = keyOf(side, endpoint);
    const idle = this.#idle.get(key);
    this.#idle.delete(key);
    const ready = idle === undefined ? null : await Promise.race([idle.catch(() => null), abortOf(signal)]);
    return this.#wrap(key, ready ?? (await this.#open(endpoint, signal)));
  }

  #keep(key: string, shell: Promise<Shell>): void {
    this.#idle.set(key, shell);
    const forget = (): void => {
      if (this.#idle.get(key) === shell) this.#idle.delete(key);
    };
    shell.then(({ closed }) => closed.then(forget), forget);
  }

  #wrap(key: string, shell: Shell): Shell {
    let [underWay, lost] = [0, false];
    void shell.closed.then(() => {
      lost = true;
    });
    return {
      closed: shell.closed,
      collect: (command, options) => shell.collect(command, options),
      lines: (command, options) => shell.lines(command, options),
      start: async (command, options) => {
        const running = await shell.start(command, options);
        underWay += 1;
        void running.exit.then((exit) => {
          underWay -= 1;
          lost ||= exit.lost !== null;
        });
        return running;
      },
      close: async () => {
        if (lost || underWay > 0) await shell.close();
        else this.#keep(key, Promise.resolve(shell));
      },
    };
  }
}
