/** The host book: how each host is reached and which key it has, in `hosts.json` of the state folder. */
import { join } from 'node:path';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { type Host, type HostParts, HostSchema, THIS_COMPUTER, thisComputer } from '../../shared/model/host.ts';
import { wayTo } from '../ssh/way.ts';
import { BookFile, type HostStore, openHostStore, sameName } from './book-file.ts';

const unknownHost = (name: string): SluiceError =>
  new SluiceError({
    code: 'host-unknown',
    message: `There is no host named ${name} in the host book.`,
    next: 'Add it first, or check the spelling.',
    evidence: { host: name },
  });

export class HostBook {
  readonly #file: BookFile;

  /** @param open makes the store for the file; tests bring their own */
  constructor(file: string, open: () => HostStore, now: () => Date = () => new Date()) {
    this.#file = new BookFile(file, open, now);
  }

  /**
   * What was wrong with the file, once: it was set aside then, and the book went on with the entries that were good.
   * Asking takes it away. Null if nothing was.
   */
  takeDamage(): Failure | null {
    this.#file.read();
    return this.#file.takeDamage();
  }

  /** The hosts of the book by name; this computer is not among them. */
  list(): Host[] {
    return this.#file.read().toSorted((a, b) => a.name.localeCompare(b.name));
  }

  /**
   * A host by name; this computer too.
   *
   * @throws SluiceError `host-unknown`
   */
  get(name: string): Host {
    if (name === THIS_COMPUTER) return thisComputer;
    const found = this.#file.read().find((host) => host.name === name);
    if (found === undefined) throw unknownHost(name);
    return found;
  }

  /**
   * @throws SluiceError `host-exists` if one has that name (in any case), `host-invalid` if it is not a host over SSH,
   *   `jump-unknown`, `jump-circle`
   */
  add(host: HostParts): Host {
    const added = this.#checked(host);
    return this.#file.alone(() => {
      const hosts = this.#file.read();
      this.#refuseTaken(added.name, hosts);
      this.#save([...hosts, added], added);
      return added;
    });
  }

  /**
   * Changes an entry. A new name is taken over by the hosts that jump through it.
   *
   * @throws SluiceError as `add` does, and `host-unknown`
   */
  change(name: string, changes: Partial<Host>): Host {
    return this.#file.alone(() => {
      const hosts = this.#file.read();
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
    });
  }

  /** @throws SluiceError `host-unknown`, `host-needed` (others jump through it) */
  remove(name: string): void {
    this.#file.alone(() => this.#remove(name));
  }

  #remove(name: string): void {
    const hosts = this.#file.read();
    const rest = hosts.filter((host) => host.name !== name);
    if (rest.length === hosts.length) throw unknownHost(name);
    const needed = rest.filter((host) => host.jump === name).map((host) => host.name);
    if (needed.length > 0) {
      throw new SluiceError({
        code: 'host-needed',
        message: `${name} cannot be removed: ${needed.join(', ')} ${needed.length === 1 ? 'is' : 'are'} reached through it.`,
        next: 'Remove those first, or reach them another way.',
        evidence: { host: name, needed },
      });
    }
    this.#file.write(rest);
  }

  #checked(host: HostParts): Host {
    const parsed = HostSchema.safeParse(host);
    if (parsed.success && parsed.data.address.kind === 'ssh') return parsed.data;
    throw new SluiceError({
      code: 'host-invalid',
      message: `The host ${host.name} cannot be kept as it is.`,
      cause: parsed.success
        ? 'A host in the book is reached over SSH.'
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
    this.#file.write(hosts);
  }
}

/**
 * Opens the book of a state folder; the file is made when it is first asked for anything.
 *
 * @param stateDir an absolute path of a folder that exists
 */
export function openHostBook(stateDir: string): HostBook {
  return new HostBook(join(stateDir, 'hosts.json'), () => openHostStore(stateDir));
}
