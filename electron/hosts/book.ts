/** The host book: how each host is reached and which key it has, in `hosts.json` of the state folder. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { type Host, type HostParts, HostSchema, THIS_COMPUTER, thisComputer } from '../../shared/model/host.ts';
import { wayTo } from '../ssh/way.ts';

/** The version of the file's format, not of the application. */
const FORMAT = '1.0.0';

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
const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const unknownHost = (name: string): SluiceError =>
  new SluiceError({
    code: 'host-unknown',
    message: `There is no host named ${name} in the host book.`,
    next: 'Add it first, or check the spelling.',
    evidence: { host: name },
  });

export class HostBook {
  readonly #file: string;
  readonly #open: () => HostStore;
  readonly #now: () => Date;
  #store: HostStore | null = null;
  #damage: Failure | null = null;

  /** @param open makes the store for the file; tests bring their own */
  constructor(file: string, open: () => HostStore, now: () => Date = () => new Date()) {
    this.#file = file;
    this.#open = open;
    this.#now = now;
  }

  /**
   * What was wrong with the file, once: it was set aside then, and the book went on with the entries that were good.
   * Asking takes it away. Null if nothing was.
   */
  takeDamage(): Failure | null {
    this.#read();
    const damage = this.#damage;
    this.#damage = null;
    return damage;
  }

  /** The hosts of the book by name; this computer is not among them. */
  list(): Host[] {
    return this.#read().toSorted((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * A host by name; this computer too.
   *
   * @throws SluiceError `host-unknown`
   */
  get(name: string): Host {
    if (name === THIS_COMPUTER) return thisComputer;
    const found = this.#read().find((host) => host.name === name);
    if (found === undefined) throw unknownHost(name);
    return found;
  }

  /**
   * @throws SluiceError `host-exists` if one has that name (in any case), `host-invalid` if it is not a host over SSH,
   *   `jump-unknown`, `jump-circle`
   */
  add(host: HostParts): Host {
    const added = this.#checked(host);
    const hosts = this.#read();
    this.#refuseTaken(added.name, hosts);
    this.#save([...hosts, added], added);
    return added;
  }

  /**
   * Changes an entry. A new name is taken over by the hosts that jump through it.
   *
   * @throws SluiceError as `add` does, and `host-unknown`
   */
  change(name: string, changes: Partial<Host>): Host {
    const hosts = this.#read();
    const before = hosts.find((host) => host.name === name);
    if (before === undefined) throw unknownHost(name);
    const changed = this.#checked({ ...before, ...changes });
    const others = hosts.filter((host) => host !== before);
    this.#refuseTaken(changed.name, others);
    this.#save(
      [...others.map((host) => (host.jump === name ? { ...host, jump: changed.name } : host)), changed],
      changed,
    );
    return changed;
  }

  /** @throws SluiceError `host-unknown`, `host-needed` (others jump through it) */
  remove(name: string): void {
    const hosts = this.#read();
    const rest = hosts.filter((host) => host.name !== name);
    if (rest.length === hosts.length) throw unknownHost(name);
    const needed = rest.filter((host) => host.jump === name).map((host) => host.name);
    if (needed.length > 0) {
      throw new SluiceError({
        code: 'host-needed',
        message: `${name} cannot be removed: ${needed.join(', ')} ${needed.length === 1 ? 'is' : 'are'} reached through it.`,
        next: 'Remove those first, or give them another way.',
        evidence: { host: name, needed },
      });
    }
    this.#current().set('hosts', rest);
  }

  #checked(host: HostParts): Host {
    const parsed = HostSchema.safeParse(host);
    if (parsed.success && parsed.data.address.kind === 'ssh') return parsed.data;
    throw new SluiceError({
      code: 'host-invalid',
      message: `The host ${host.name} cannot be kept as it is.`,
      cause: parsed.success
        ? 'A host of the book is reached over SSH.'
        : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      evidence: { host: host.name },
    });
  }

  #refuseTaken(name: string, others: readonly Host[]): void {
    if (!sameName(name, THIS_COMPUTER) && !others.some((present) => sameName(present.name, name))) return;
    throw new SluiceError({
      code: 'host-exists',
      message: `A host named ${name} exists already.`,
      next: 'Choose another name, or remove that host first.',
      evidence: { host: name },
    });
  }

  /** @param changed must be reachable with the hosts as they will be; that others may not be is no reason to refuse */
  #save(hosts: readonly Host[], changed: Host): void {
    wayTo(changed, hosts);
    this.#current().set('hosts', hosts);
  }

  #current(): HostStore {
    this.#store ??= this.#open();
    return this.#store;
  }

  #read(): Host[] {
    let content: Content;
    try {
      content = check(this.#current().get('hosts'));
    } catch (error) {
      // conf: "The config file `…` is not valid JSON." Anything else (no right to read) is no damage.
      if (!(error instanceof SyntaxError)) throw error;
      content = { hosts: [], faults: [error.message] };
    }
    if (content.faults.length > 0) this.#setAside(content);
    return content.hosts;
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

/**
 * Opens the book of a state folder; the file is made when it is first asked for anything.
 *
 * @param stateDir an absolute path of a folder that exists
 */
export function openHostBook(stateDir: string): HostBook {
  const open = (): HostStore =>
    new Conf<{ hosts: unknown }>({
      cwd: stateDir,
      configName: 'hosts',
      // conf's own default is 0666 less the umask.
      configFileMode: 0o600,
      // Its other way of dealing with damage is to empty the file.
      clearInvalidConfig: false,
      // Names of hosts have dots.
      accessPropertiesByDotNotation: false,
      projectVersion: FORMAT,
      migrations: {},
      defaults: { hosts: [] },
    });
  return new HostBook(join(stateDir, 'hosts.json'), open);
}
