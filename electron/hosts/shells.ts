/** One control connection per host, shared by everything that reads from it. */
import { type Ask, askNobody, connectSsh, localShell, type Shell, type SshTarget } from '../ssh/index.ts';

export type Connect = (target: SshTarget | null, ask: Ask) => Promise<Shell>;

const connectTo: Connect = async (target, ask) => (target === null ? localShell() : await connectSsh(target, { ask }));

interface Entry {
  /** How the host was reached; another address or key in the book means another connection. */
  readonly reached: string;
  readonly shell: Promise<Shell>;
}

export class ShellPool {
  readonly #entries = new Map<string, Entry>();
  readonly #ask: Ask;
  readonly #connect: Connect;

  /** @param ask answers what logins ask */
  constructor(ask: Ask = askNobody, connect: Connect = connectTo) {
    this.#ask = ask;
    this.#connect = connect;
  }

  /**
   * The connection to a host; opened if there is none or the last one was lost. Callers at the same time share one.
   *
   * @param name the host's in the book
   * @param target null: this computer
   * @throws SluiceError as `connectSsh` does; a failed attempt is not remembered
   */
  async get(name: string, target: SshTarget | null): Promise<Shell> {
    const reached = JSON.stringify(target);
    const present = this.#entries.get(name);
    if (present?.reached === reached) return await present.shell;
    if (present !== undefined) void this.#drop(name, present);

    const entry: Entry = { reached, shell: this.#connect(target, this.#ask) };
    this.#entries.set(name, entry);
    const forget = () => {
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
    };
    entry.shell.then((shell) => shell.closed.then(forget), forget);
    return await entry.shell;
  }

  /** The same over a new connection; commands under way on the present one end as lost. */
  async renew(name: string, target: SshTarget | null): Promise<Shell> {
    await this.close(name);
    return await this.get(name, target);
  }

  /** Closes the connection to a host; the next that is asked for is a new one. */
  async close(name: string): Promise<void> {
    const present = this.#entries.get(name);
    if (present !== undefined) await this.#drop(name, present);
  }

  /** Closes every connection; commands under way on them end as lost. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.#entries].map(([name, entry]) => this.#drop(name, entry)));
  }

  async #drop(name: string, entry: Entry): Promise<void> {
    this.#entries.delete(name);
    const shell = await entry.shell.catch(() => null);
    await shell?.close();
  }
}
