/** The file of the host book, `hosts.json` of the state folder: checked when read, kept aside when damaged, changed by one process at a time. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { type Host, HostSchema } from '../../shared/model/host.ts';
import { withLock } from '../file-lock.ts';
import { isDamage, openStateFile } from '../state-file.ts';

/** Milliseconds that another process is waited for; each change takes a few. */
const PATIENCE = 5_000;

/** What the book needs of the store under it; `conf` and electron-store have it, and write atomically. */
export interface HostStore {
  get(key: 'hosts'): unknown;
  set(key: 'hosts', hosts: readonly Host[]): void;
}

interface Content {
  readonly hosts: Host[];
  /** What was wrong with the entries that are left out; empty if nothing was. */
  readonly faults: readonly string[];
}

function check(stored: unknown): Content {
  if (!Array.isArray(stored)) return { hosts: [], faults: ['“hosts” is not a list'] };
  const hosts: Host[] = [];
  const faults: string[] = [];
  for (const [index, entry] of stored.entries()) {
    const parsed = HostSchema.safeParse(entry);
    if (!parsed.success) {
      faults.push(...parsed.error.issues.map((issue) => `${[index, ...issue.path].join('.')}: ${issue.message}`));
    } else if (hosts.some((host) => sameName(host.name, parsed.data.name))) {
      faults.push(`${index}: a second host named ${parsed.data.name}`);
    } else {
      hosts.push(parsed.data);
    }
  }
  return { hosts, faults };
}

/** Names that differ in case only would be taken for each other by people. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export class BookFile {
  readonly #file: string;
  readonly #open: () => HostStore;
  readonly #now: () => Date;
  #store: HostStore | null = null;
  #damage: Failure | null = null;
  #isAlone = false;

  /** @param open makes the store for the file; tests bring their own */
  constructor(file: string, open: () => HostStore, now: () => Date) {
    this.#file = file;
    this.#open = open;
    this.#now = now;
  }

  /** The entries that are good; if others are not, the file is set aside, and the book continues without them. */
  read(): Host[] {
    const content = this.#content();
    if (content.faults.length === 0) return content.hosts;
    // Again: another process may have set it aside meanwhile.
    return this.alone(() => {
      const now = this.#content();
      if (now.faults.length > 0) this.#setAside(now);
      return now.hosts;
    });
  }

  /** Only within {@link alone}, with hosts that were read there. */
  write(hosts: readonly Host[]): void {
    this.#current().set('hosts', hosts);
  }

  /**
   * What is read, changed and written is not changed by another process in between (window and command line at once).
   *
   * @throws SluiceError `host-book-busy`
   */
  alone<T>(act: () => T): T {
    if (this.#isAlone) return act();
    const busy = (): SluiceError =>
      new SluiceError({
        code: 'host-book-busy',
        message: 'Another Sluice is changing the host book and does not finish.',
        cause: `${this.#file}.lock is held.`,
        next: 'Close the other one, or try again.',
        kind: 'passing',
      });
    return withLock(`${this.#file}.lock`, PATIENCE, busy, () => {
      this.#isAlone = true;
      try {
        return act();
      } finally {
        this.#isAlone = false;
      }
    });
  }

  /** What was wrong with the file, once; null if nothing was. */
  takeDamage(): Failure | null {
    const damage = this.#damage;
    this.#damage = null;
    return damage;
  }

  /** conf writes while it opens, what is missing and the format's version: that would undo another process's change. */
  #current(): HostStore {
    this.#store ??= this.alone(this.#open);
    return this.#store;
  }

  #content(): Content {
    try {
      return check(this.#current().get('hosts'));
    } catch (error) {
      if (!isDamage(error)) throw error;
      return { hosts: [], faults: [error.message] };
    }
  }

  #setAside({ hosts, faults }: Content): void {
    const stamp = this.#now().toISOString().replaceAll(':', '-');
    const kept = join(this.#file, '..', `hosts.damaged-${stamp}.json`);
    if (existsSync(this.#file)) renameSync(this.#file, kept);
    this.#store = this.#open();
    this.#store.set('hosts', hosts);
    this.#damage = new SluiceError({
      code: 'host-book-damaged',
      message: `The host book was damaged. ${hosts.length} of its hosts could be read.`,
      cause: faults.join('; '),
      next: `The damaged file was kept as ${kept}. Compare it and add what is missing.`,
      evidence: { file: this.#file, kept, faults },
    }).failure;
  }
}

/** The store under the book of a state folder; the file is made when it is opened. */
export const openHostStore = (stateDir: string): HostStore => openStateFile(stateDir, 'hosts', { hosts: [] }, 'throw');
