import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { type Accelerator, chooseAccelerator, rememberKvmFailed } from './accelerator.ts';
import { FuseHost } from './fuse-host.ts';
import { Guest } from './guest.ts';
import { ensureImage, type GuestImage } from './image.ts';
import { serveOwner } from './owner-socket.ts';
import { freePorts } from './readiness.ts';
import { makeRunKeys, makeSeed, type RunKeys, type Seed } from './run-keys.ts';
import type { HostDescription, LabDescription, LabHostName } from './types.ts';
import { claimDirectory, LAB_DIRECTORY_PREFIX, removeDirectory, removeStaleDirectories } from './work-directory.ts';

const PORT_ATTEMPTS = 3;

type GuestName = Exclude<LabHostName, 'fuse'>;
const GUESTS: readonly GuestName[] = ['alpha', 'beta'];
const ORDER: readonly LabHostName[] = [...GUESTS, 'fuse'];

/** The hosts of one lab. */
interface Wanted {
  guests: readonly { name: GuestName; image: GuestImage }[];
  fuse: boolean;
  accelerator: Accelerator;
}

function inWords({ guests, fuse, accelerator }: Wanted): string {
  const count = `${guests.length} OpenZFS ${guests.length === 1 ? 'guest' : 'guests'} (${accelerator})`;
  return [...(guests.length > 0 ? [count] : []), ...(fuse ? ['zfs-fuse'] : [])].join(' and ');
}

/** A host's process and what others must know of it. */
interface Running {
  machine: Guest | FuseHost;
  description: HostDescription;
  hostKey: string;
}

/** The hosts as their owner sees them: processes, keys and the folder they live in. */
export class RunningLab {
  readonly description: LabDescription;
  readonly #machines: Running[];
  readonly #ownerSocket: Server;
  readonly #removeOnExit: () => void;

  private constructor(description: LabDescription, machines: Running[], ownerSocket: Server, removeOnExit: () => void) {
    this.description = description;
    this.#machines = machines;
    this.#ownerSocket = ownerSocket;
    this.#removeOnExit = removeOnExit;
  }

  /**
   * @param report told in words what takes the time.
   * @param hosts which of them; without guests no image is needed.
   */
  static async start(report: (line: string) => void, hosts: readonly LabHostName[] = ORDER): Promise<RunningLab> {
    removeStaleDirectories();
    const names = GUESTS.filter((name) => hosts.includes(name));
    const fuse = hosts.includes('fuse');
    if (names.length === 0) return RunningLab.#startWith({ guests: [], fuse, accelerator: 'tcg' }, report);
    const image = await ensureImage(report);
    const accelerator = await chooseAccelerator(image);
    const guests = names.map((name) => ({ name, image }));
    try {
      return await RunningLab.#startWith({ guests, fuse, accelerator }, report);
    } catch (error) {
      if (accelerator === 'tcg') throw error;
      report(`KVM did not work (${String(error).split('\n')[0]}); emulating instead`);
      rememberKvmFailed(image);
      return RunningLab.#startWith({ guests, fuse, accelerator: 'tcg' }, report);
    }
  }

  static async #startWith(wanted: Wanted, report: (line: string) => void): Promise<RunningLab> {
    const { accelerator } = wanted;
    report(`starting ${inWords(wanted)}`);
    const directory = mkdtempSync(LAB_DIRECTORY_PREFIX);
    // Passable, for the accounts' homes of the zfs-fuse host; what is secret is in folders of root's.
    chmodSync(directory, 0o711);
    claimDirectory(directory);
    const removeOnExit = () => removeDirectory(directory);
    // The kernel ends the machines with this process; their files are removed here or, after a crash, by the next lab.
    process.once('exit', removeOnExit);
    const secrets = join(directory, 'private');
    mkdirSync(secrets, { mode: 0o700 });
    const keys = makeRunKeys(secrets);

    const started: Running[] = [];
    try {
      const starting = wanted.fuse ? [startFuse(keys, directory, started)] : [];
      for (const { name, image } of wanted.guests) {
        starting.push(startGuest(name, { image, accelerator, keys, directory }, started));
      }
      const settled = await Promise.allSettled(starting);
      for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
      started.sort((a, b) => ORDER.indexOf(a.description.name) - ORDER.indexOf(b.description.name));
      const description: LabDescription = {
        directory,
        ownerPid: process.pid,
        controlSocket: join(secrets, 'owner'),
        identityFile: keys.identityFile,
        knownHostsFile: join(secrets, 'known_hosts'),
        password: keys.password,
        accelerator,
        hosts: started.map((host) => host.description),
      };
      writeFileSync(description.knownHostsFile, knownHosts(started));
      const ownerSocket = await serveOwner(description.controlSocket, async ({ powerCut }) => {
        const host = started.find((candidate) => candidate.description.name === powerCut);
        if (!host) throw new Error(`the lab has no host ${powerCut}`);
        await host.machine.powerCut();
      });
      return new RunningLab(description, started, ownerSocket, removeOnExit);
    } catch (error) {
      await Promise.all(started.map((host) => host.machine.stop()));
      process.off('exit', removeOnExit);
      removeDirectory(directory);
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#ownerSocket.close();
    await Promise.all(this.#machines.map((host) => host.machine.stop()));
    process.off('exit', this.#removeOnExit);
    removeDirectory(this.description.directory);
  }
}

/** Starts a guest and waits for it; another process may take a port between the look and the use, so that is tried again. */
async function startGuest(
  name: 'alpha' | 'beta',
  parts: { image: GuestImage; accelerator: Accelerator; keys: RunKeys; directory: string },
  started: Running[],
): Promise<void> {
  const seed = makeSeed(join(parts.directory, 'private', `${name}-seed`), name, parts.keys);
  for (let attempt = 1; ; attempt += 1) {
    const [port = 0, controlPort = 0] = await freePorts(2);
    const directory = join(parts.directory, name);
    const machine = await Guest.start({ ...parts, name, seed, directory, port, controlPort });
    try {
      await machine.ready();
    } catch (error) {
      await machine.stop();
      if (attempt < PORT_ATTEMPTS && String(error).includes('Could not set up host forwarding rule')) continue;
      throw error;
    }
    started.push({ machine, ...described(name, 'openzfs', port, controlPort, seed) });
    return;
  }
}

async function startFuse(keys: RunKeys, labDirectory: string, started: Running[]): Promise<void> {
  const directory = join(labDirectory, 'fuse');
  mkdirSync(directory);
  const seed = makeSeed(join(directory, 'seed'), 'fuse', keys);
  const [port = 0, controlPort = 0] = await freePorts(2);
  const machine = FuseHost.start({ directory, port, controlPort });
  try {
    await machine.ready();
  } catch (error) {
    await machine.stop();
    throw error;
  }
  started.push({ machine, ...described('fuse', 'zfs-fuse', port, controlPort, seed) });
}

function described(
  name: LabHostName,
  kind: HostDescription['kind'],
  port: number,
  controlPort: number,
  seed: Seed,
): Omit<Running, 'machine'> {
  const { hostKey, hostKeyFingerprint } = seed;
  return { hostKey, description: { name, kind, port, controlPort, hostKeyFingerprint } };
}

/** One line a server, in the form OpenSSH keeps for a port that is not 22. */
function knownHosts(hosts: Running[]): string {
  return hosts
    .flatMap(({ hostKey, description: { port, controlPort } }) =>
      [port, controlPort].map((each) => `[127.0.0.1]:${each} ${hostKey}\n`),
    )
    .join('');
}
