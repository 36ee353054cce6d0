/** Keeps connections between the streams that one thread carries one after the other, so that each need not log in anew. */
import type { Shell } from '../ssh/shell.ts';
import type { Endpoint, Side } from './job.ts';

type Open = (endpoint: Endpoint, signal: AbortSignal) => Promise<Shell>;

export class LendShells {
  readonly #open: Open;
  readonly #idle = new Map<string, Shell>();

  constructor(open: Open) {
    this.#open = open;
  }

  /**
   * A connection to the end, one that is idle or a new one. Closing it gives it back if every command on it has told its end, and
   * closes it otherwise.
   *
   * @throws SluiceError as opening does
   */
  async lend(side: Side, endpoint: Endpoint, signal: AbortSignal): Promise<Shell> {
    const key = JSON.stringify([side, endpoint]);
    const idle = this.#idle.get(key);
    this.#idle.delete(key);
    return this.#wrap(key, idle ?? (await this.#open(endpoint, signal)));
  }

  #wrap(key: string, shell: Shell): Shell {
    let [underWay, lost] = [0, false];
    void shell.closed.then(() => {
      lost = true;
      if (this.#idle.get(key) === shell) this.#idle.delete(key);
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
        else this.#idle.set(key, shell);
      },
    };
  }
}
