/** Starts the practice hosts in this thread. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Breakage,
  DEFAULT_DIALECT,
  type PracticeDialect,
  type PracticeDialects,
  PracticeNameSchema,
} from '../../shared/model/practice.ts';
import { breakSomething } from './breakage.ts';
import { randomGuid } from './model/ids.ts';
import type { Machine } from './model/machine.ts';
import { ProcessTable, ROOT, type System, type User } from './shell/process.ts';
import { findProgram } from './shell/programs.ts';
import { fingerprintOf, identityIn, type KeyPair, makeKey } from './ssh/keys.ts';
import { ADMIN, type SshServer, startSshServer } from './ssh/server.ts';
import { tellBackupbox } from './story/backupbox.ts';
import { tellLaptop } from './story/laptop.ts';
import { tellOffice } from './story/office.ts';
import { DAY } from './story/write.ts';
import { dialectNamed } from './zfs/dialect.ts';

/** What a test or a newcomer needs to reach a practice host. Plain data. */
export interface PracticeHost {
  readonly name: string;
  readonly user: string;
  /** Always 127.0.0.1. */
  readonly address: string;
  readonly port: number;
  /** `SHA256:…` of the ed25519 host key, new at each start. */
  readonly fingerprint: string;
  /** The private key that logs in; mode 0600. */
  readonly identityFile: string;
}

export interface ServeOptions {
  /** Folder for the identity file, which stays there; null: a temporary one, removed at the end. */
  readonly stateDir: string | null;
  /** Bytes per second of every `zfs send`; null: as fast as it goes. */
  readonly rate: number | null;
  readonly dialects?: PracticeDialects;
}

export interface Served {
  /** The hosts so far, in the order they were started. */
  readonly hosts: readonly PracticeHost[];
  /** The simulated hosts themselves, for tests that look behind the commands. */
  readonly systems: ReadonlyMap<string, System>;
  /** Settles with the first fault of the simulation itself; never, if there is none. */
  readonly fault: Promise<unknown>;
  /** Starts the third host, whose user needs `sudo`; there is one at most. */
  addOffice(): Promise<PracticeHost>;
  /**
   * @returns what was touched
   * @throws Error for a host that is not there
   */
  break(what: Breakage, host: string): readonly string[];
  /**
   * Another ZFS from now on; connections end.
   * @throws Error for a host that is not there
   */
  setDialect(host: string, dialect: PracticeDialect): void;
  /** Puts all back as it was at the start, identities included; connections end. */
  reset(): void;
  stop(): Promise<void>;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** The story ends this morning at three (UTC), when the last snapshots were taken. */
function lastMorning(now: number): number {
  const morning = Math.floor(now / DAY) * DAY + 3 * 3600;
  return morning > now ? morning - DAY : morning;
}

/** From now on the host has the real time, and what happens gets identities that were never used before. */
function awake(machine: Machine): Machine {
  machine.now = seconds;
  machine.newGuid = randomGuid;
  return machine;
}

/** How each host's history is told; the backup box's begins with the laptop's. */
type Tell = (today: number) => Machine;

const FIRST: readonly Tell[] = [tellLaptop, (today) => tellBackupbox(tellLaptop(today), today)];

async function identityFolder(stateDir: string | null): Promise<{ path: string; remove: () => Promise<void> }> {
  if (stateDir !== null) return { path: stateDir, remove: () => Promise.resolve() };
  const path = await mkdtemp(join(tmpdir(), 'sluice-practice-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

class Practised {
  readonly host: PracticeHost;
  readonly system: System;
  readonly server: SshServer;
  readonly #tell: () => Machine;
  readonly #hostKey: KeyPair;

  private constructor(host: PracticeHost, system: System, server: SshServer, tell: () => Machine, hostKey: KeyPair) {
    this.host = host;
    this.system = system;
    this.server = server;
    this.#tell = tell;
    this.#hostKey = hostKey;
  }

  static async start(
    tell: () => Machine,
    user: User,
    { rate, dialects = {} }: ServeOptions,
    identity: { readonly key: KeyPair; readonly file: string },
    onFault: (error: unknown) => void,
  ): Promise<Practised> {
    const machine = awake(tell());
    const system: System = {
      machine,
      processes: new ProcessTable(),
      rate,
      demoted: false,
      dialect: dialectNamed(dialects[PracticeNameSchema.parse(machine.name)] ?? DEFAULT_DIALECT),
      find: findProgram,
    };
    const hostKey = makeKey(machine.name);
    const server = await startSshServer(system, hostKey, identity.key, onFault);
    const host: PracticeHost = {
      name: machine.name,
      user: user.name,
      address: '127.0.0.1',
      port: server.port,
      fingerprint: fingerprintOf(hostKey.blob),
      identityFile: identity.file,
    };
    return new Practised(host, system, server, tell, hostKey);
  }

  setDialect(dialect: PracticeDialect): void {
    this.system.dialect = dialectNamed(dialect);
    this.system.processes.killAll();
    // What a connection was found to offer is remembered as long as it lives.
    this.server.cut();
  }

  reset(): void {
    this.system.processes.killAll();
    this.server.cut();
    this.server.setHostKey(this.#hostKey);
    this.system.machine = awake(this.#tell());
    this.system.demoted = false;
  }
}

export async function servePractice(options: ServeOptions): Promise<Served> {
  const today = lastMorning(seconds());
  const folder = await identityFolder(options.stateDir);
  const identity = await identityIn(folder.path);
  const faults = Promise.withResolvers<unknown>();
  const start = (tell: Tell, user = ROOT) =>
    Practised.start(() => tell(today), user, options, identity, faults.resolve);
  const started = await Promise.all(FIRST.map((tell) => start(tell)));
  const systems = new Map(started.map(({ system }) => [system.machine.name, system]));
  const hosts = started.map(({ host }) => host);
  let office: Promise<PracticeHost> | null = null;

  async function startOffice(): Promise<PracticeHost> {
    const third = await start(tellOffice, ADMIN);
    started.push(third);
    systems.set(third.system.machine.name, third.system);
    hosts.push(third.host);
    return third.host;
  }

  function named(name: string): Practised {
    const found = started.find(({ host }) => host.name === name);
    if (found === undefined) throw new Error(`There is no practice host ${name}.`);
    return found;
  }

  return {
    hosts,
    systems,
    fault: faults.promise,
    addOffice() {
      office ??= startOffice();
      return office;
    },
    setDialect(name, dialect) {
      named(name).setDialect(dialect);
    },
    break(what, name) {
      const hit = named(name);
      const others = started.filter((one) => one !== hit).map(({ system }) => system.machine);
      return breakSomething(what, hit.system, hit.server, others);
    },
    reset() {
      for (const one of started) one.reset();
    },
    async stop() {
      await Promise.all(started.map(({ server }) => server.stop()));
      await folder.remove();
    },
  };
}
