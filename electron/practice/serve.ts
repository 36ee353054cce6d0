/** Starts both practice hosts in this thread. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomGuid } from './model/ids.ts';
import type { Machine } from './model/machine.ts';
import { ProcessTable, ROOT, type System } from './shell/process.ts';
import { findProgram } from './shell/programs.ts';
import { fingerprintOf, identityIn, type KeyPair, makeKey } from './ssh/keys.ts';
import { startSshServer } from './ssh/server.ts';
import { tellBackupbox } from './story/backupbox.ts';
import { tellLaptop } from './story/laptop.ts';
import { DAY } from './story/write.ts';

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
}

export interface Served {
  readonly hosts: readonly PracticeHost[];
  /** The simulated hosts themselves, for tests that look behind the commands. */
  readonly systems: ReadonlyMap<string, System>;
  /** Settles with the first fault of the simulation itself; never, if there is none. */
  readonly fault: Promise<unknown>;
  stop(): Promise<void>;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** The story ends this morning at three (UTC), when the last snapshots were taken. */
function lastMorning(now: number): number {
  const morning = Math.floor(now / DAY) * DAY + 3 * 3600;
  return morning > now ? morning - DAY : morning;
}

/** From now on the host has the real time, and what happens gets identities that were never used before. */
function wake(machine: Machine, rate: number | null): System {
  machine.now = seconds;
  machine.newGuid = randomGuid;
  return { machine, processes: new ProcessTable(), rate, find: findProgram };
}

async function identityFolder(stateDir: string | null): Promise<{ path: string; remove: () => Promise<void> }> {
  if (stateDir !== null) return { path: stateDir, remove: () => Promise.resolve() };
  const path = await mkdtemp(join(tmpdir(), 'sluice-practice-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function startHost(system: System, user: KeyPair, identityFile: string, onFault: (error: unknown) => void) {
  const { name } = system.machine;
  const hostKey = makeKey(name);
  const server = await startSshServer(system, hostKey, user, onFault);
  const host: PracticeHost = {
    name,
    user: ROOT.name,
    address: '127.0.0.1',
    port: server.port,
    fingerprint: fingerprintOf(hostKey.blob),
    identityFile,
  };
  return { host, stop: server.stop };
}

export async function servePractice(options: ServeOptions): Promise<Served> {
  const today = lastMorning(seconds());
  const laptop = tellLaptop(today);
  const backupbox = tellBackupbox(laptop, today);
  const folder = await identityFolder(options.stateDir);
  const { key: user, file: identityFile } = await identityIn(folder.path);
  const faults = Promise.withResolvers<unknown>();
  const systems = [laptop, backupbox].map((machine) => wake(machine, options.rate));
  const started = await Promise.all(systems.map((system) => startHost(system, user, identityFile, faults.resolve)));
  return {
    hosts: started.map(({ host }) => host),
    systems: new Map(systems.map((system) => [system.machine.name, system])),
    fault: faults.promise,
    async stop() {
      await Promise.all(started.map(({ stop }) => stop()));
      await folder.remove();
    },
  };
}
