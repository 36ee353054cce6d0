/** What can be done with hosts: the book's and the practice ones, from the window and the command line alike. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { HostChanges, Known, NewHost, SeenKey } from '../../shared/api/hosts.ts';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { describeAddress, type Host, type LastCheck, type SshAddress, THIS_COMPUTER } from '../../shared/model/host.ts';
import type { ConfigOptions } from '../ssh/config/resolve.ts';
import { type SeenHostKey, type SshTarget, seeHostKey, seeKeyBySystem, targetOf } from '../ssh/index.ts';
import { appendKnownHost, askKnownHosts } from '../ssh/known-hosts.ts';
import type { Ask } from '../ssh/questions.ts';
import type { HostBook } from './book.ts';
import { withoutAlias } from './by-alias.ts';
import { type ImportableHosts, importableHosts, planImport } from './import-config.ts';
import { compareCommand, keyDiffers, keyRevoked, keyUnconfirmed } from './key-faults.ts';

export interface HostsOptions {
  readonly book: HostBook;
  /** Null: real hosts. */
  readonly practiceHosts: readonly Host[] | null;
  readonly localZfs: boolean;
  readonly ask: Ask;
  /** Default: the user's own ~/.ssh/config and ~/.ssh/known_hosts. */
  readonly sshConfig?: ConfigOptions;
  readonly knownHostsFile?: string;
}

export class Hosts {
  readonly #options: HostsOptions;
  /** Keys that hosts have shown, for writing them to known_hosts: the fingerprint is not enough for that. */
  readonly #seen = new Map<string, Buffer>();
  readonly #confirming = new Map<string, Promise<Host>>();

  constructor(options: HostsOptions) {
    this.#options = options;
  }

  list(): Host[] {
    const { book, practiceHosts, localZfs } = this.#options;
    return practiceHosts === null
      ? [...(localZfs ? [book.get(THIS_COMPUTER)] : []), ...book.list().filter(({ name }) => name !== THIS_COMPUTER)]
      : [...practiceHosts];
  }

  /** @throws SluiceError `host-unknown` */
  get(name: string): Host {
    const { book, practiceHosts } = this.#options;
    if (practiceHosts === null) return book.get(name);
    const found = practiceHosts.find((host) => host.name === name);
    if (found !== undefined) return found;
    throw new SluiceError({
      code: 'host-unknown',
      message: `There is no practice host ${name}.`,
      next: `The practice hosts are ${practiceHosts.map((host) => host.name).join(' and ')}.`,
    });
  }

  /**
   * How a host is reached, its jumps included. Hosts whose key was never confirmed are looked at first.
   *
   * @returns null for this computer
   * @throws SluiceError as `targetOf` and `seeHostKey` do; `host-key-unknown` if nobody confirms the key
   */
  async target(name: string): Promise<SshTarget | null> {
    let host = this.get(name);
    if (host.jump !== null) await this.target(host.jump);
    if (host.hostKey === null && host.address.kind === 'ssh') host = await this.#confirmOnce(host, host.address);
    return this.targetNow(host);
  }

  /** The same without looking: for hosts that are connected to already. */
  targetNow(host: Host): SshTarget | null {
    return targetOf(host, this.#options.practiceHosts ?? this.#options.book.list());
  }

  async seeKey(address: SshAddress, jump: string | null, signal?: AbortSignal): Promise<SeenKey> {
    const seen = await this.#look(address, jump, null, signal);
    return {
      type: seen.type,
      fingerprint: seen.fingerprint,
      known: this.#known(address, seen),
      compare: compareCommand(seen.type),
    };
  }

  /** @throws SluiceError `practice-only`, `host-key-revoked`, and as `HostBook.add` does */
  add(host: NewHost & { readonly hostKey: string; readonly writeKnownHosts?: boolean | undefined }): Host {
    this.#refusePractice('added');
    const { writeKnownHosts = false, ...parts } = host;
    const key = this.#seen.get(host.hostKey);
    const known = this.#known(host.address, { type: '', fingerprint: host.hostKey });
    if (known.state === 'revoked') throw keyRevoked(host.address, known);
    const added = this.#options.book.add({ ...parts, practice: false });
    if (writeKnownHosts && key !== undefined && known.state !== 'known') {
      appendKnownHost(this.#knownHostsFile, host.address, key);
    }
    return added;
  }

  /** @throws SluiceError `practice-only`, `host-by-alias`, and as `HostBook.change` does */
  edit(name: string, changes: HostChanges): Host {
    this.#refusePractice('changed');
    const { book } = this.#options;
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const changed: Partial<Host> = Object.fromEntries(given);
    return book.change(name, { ...changed, ...withoutAlias(book.get(name), changed) });
  }

  duplicate(name: string, as: string): Host {
    this.#refusePractice('copied');
    const { lastCheck: _, ...host } = this.#options.book.get(name);
    return this.#options.book.add({ ...host, name: as });
  }

  remove(name: string): void {
    this.#refusePractice('removed');
    this.#options.book.remove(name);
  }

  async importable(): Promise<ImportableHosts> {
    this.#refusePractice('imported');
    return await importableHosts(this.#options.book.list(), this.#options.sshConfig);
  }

  async import(alias: string, name: string): Promise<Host[]> {
    this.#refusePractice('imported');
    const planned = await planImport(alias, name, this.#options.book.list(), this.#options.sshConfig);
    return planned.map((parts) => this.#options.book.add(parts));
  }

  /** Remembers how the last check ended; nothing for hosts that are not in the book. */
  noteCheck(name: string, lastCheck: LastCheck): void {
    const { book, practiceHosts } = this.#options;
    if (practiceHosts !== null || !book.list().some((host) => host.name === name)) return;
    book.change(name, { lastCheck });
  }

  damage(): Failure | null {
    return this.#options.practiceHosts === null ? this.#options.book.takeDamage() : null;
  }

  get #knownHostsFile(): string {
    return this.#options.knownHostsFile ?? join(homedir(), '.ssh', 'known_hosts');
  }

  #known(address: SshAddress, key: { readonly type: string; readonly fingerprint: string }): Known {
    return askKnownHosts(this.#knownHostsFile, address, key);
  }

  /** @param host the entry of the book that is meant, if there is one: its ssh configuration may lead another way */
  async #look(address: SshAddress, jump: string | null, host: Host | null, signal?: AbortSignal): Promise<SeenHostKey> {
    if (host?.carrier === 'system') return await this.#lookBySystem(host, address, signal);
    const through = jump === null ? null : await this.target(jump);
    const seen = await seeHostKey(address, {
      ask: this.#options.ask,
      ...(through === null ? {} : { jump: through }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (seen.key !== null) this.#seen.set(seen.fingerprint, seen.key);
    return seen;
  }

  async #lookBySystem(host: Host, address: SshAddress, signal?: AbortSignal): Promise<SeenHostKey> {
    const { user, host: name, port } = address;
    const alias = host.sshAlias === null ? {} : { alias: host.sshAlias };
    const seen = await seeKeyBySystem(
      { user, host: name, port, identityFile: host.identityFile, hostName: host.name, system: true, ...alias },
      { signal },
    );
    if (seen !== null) return seen;
    throw new SluiceError({
      code: 'system-ssh-failed',
      message: `This computer's own ssh did not get as far as the host key of ${host.name}.`,
      next: `Try \`ssh ${host.sshAlias ?? describeAddress(address)}\` in a terminal.`,
      kind: 'passing',
    });
  }

  /** Two that connect at once ask a person once. */
  async #confirmOnce(host: Host, address: SshAddress): Promise<Host> {
    const present = this.#confirming.get(host.name);
    if (present !== undefined) return await present;
    const confirming = this.#confirmKey(host, address);
    this.#confirming.set(host.name, confirming);
    try {
      return await confirming;
    } finally {
      this.#confirming.delete(host.name);
    }
  }

  /** Looks at the key of a host that was imported, and pins it if known_hosts has it or a person confirms it. */
  async #confirmKey(host: Host, address: SshAddress): Promise<Host> {
    const seen = await this.#look(address, host.jump, host);
    const known = this.#known(address, seen);
    if (known.state === 'revoked') throw keyRevoked(address, known);
    if (known.state !== 'known') await this.#askAboutKey(host, address, seen, known);
    return this.#options.book.change(host.name, { hostKey: seen.fingerprint });
  }

  async #askAboutKey(host: Host, address: SshAddress, seen: SeenHostKey, known: Known): Promise<void> {
    const { type, fingerprint } = seen;
    const others = known.state === 'changed' ? known.entries.filter((entry) => entry.type === type) : [];
    if (others.length > 0) throw keyDiffers(host, seen, known, others);
    const answer = await this.#options.ask(
      {
        host: host.name,
        address: describeAddress(address),
        kind: 'host-key',
        title: `First connection to ${host.name}. Is this its key?`,
        instructions: 'Compare the fingerprint with the one that the command shows on the host itself.',
        fields: [],
        again: false,
        secret: null,
        key: { type, fingerprint, compare: compareCommand(type) },
      },
      new AbortController().signal,
    );
    if (answer === null) throw keyUnconfirmed(host, address, seen);
  }

  #refusePractice(done: string): void {
    if (this.#options.practiceHosts === null) return;
    throw new SluiceError({
      code: 'practice-only',
      message: `Hosts cannot be ${done} among the practice hosts.`,
      next: 'Start Sluice without --practice.',
    });
  }
}
