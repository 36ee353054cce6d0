/** One control connection per host, shared by everything that reads from it. */
import type { Host } from '../../shared/model/host.ts';
import { connectSsh, localShell, type Shell, type SshTarget, targetOf } from '../ssh/index.ts';

export type Connect = (target: SshTarget | null) => Promise<Shell>;

const connectTo: Connect = async (target) => (target === null ? localShell() : await connectSsh(target));

interface Entry {
  /** How the host was reached; another address or key in the book means another connection. */
  readonly reached: string;
  readonly shell: Promise<Shell>;
}

export class ShellPool {
  readonly #entries = new Map<string, Entry>();
  readonly #connect: Connect;

  constructor(connect: Connect = connectTo) {
    this.#connect = connect;
  }

  /**
   * The connection to a host; opened if there is none or the last one was lost. Callers at the same time share one.
   *
   * @throws SluiceError as `connectSsh` does; a failed attempt is not remembered
   */
  async get(host: Host): Promise<Shell> {
    const target = targetOf(host);
    const reached = JSON.stringify(target);
    const present = this.#entries.get(host.name);
    if (present?.reached === reached) return await present.shell;
    if (present !== undefined) void this.#drop(host.name, present);

    const entry: Entry = { reached, shell: this.#connect(target) };
    this.#entries.set(host.name, entry);
    const forget = () => {
      if (this.#entries.get(host.name) === entry) this.#entries.delete(host.name);
    };
    entry.shell.then((shell) => shell.closed.then(forget), forget);
    return await entry.shell;
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
