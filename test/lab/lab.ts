import { readFileSync, writeFileSync } from 'node:fs';
import { ConnectedHost } from './host.ts';
import { installRequirements, labUnavailableReason } from './requirements.ts';
import { RunningLab } from './running-lab.ts';
import type { Lab, LabDescription, LabHostName } from './types.ts';

export { labUnavailableReason } from './requirements.ts';
export type { Lab, LabDescription, LabHost, LabHostName, LabUser, RunOptions, RunResult } from './types.ts';

/** Names the file with the description of a running lab. */
const LAB_VARIABLE = 'SLUICE_LAB';

export interface StartOptions {
  /** Which hosts; all three unless told. The guests' image is only built where one of them is wanted. */
  hosts?: readonly LabHostName[];
  /** Told in words what takes the time; silent unless given. */
  report?: (line: string) => void;
}

/**
 * Starts two OpenZFS guests and the zfs-fuse host (or some of them), installing packages and building the guest image first where needed.
 * Everything ends with this process, however that ends; `stop()` ends it earlier.
 * @returns the lab, and the description that lets other processes use it.
 * @throws Error with the one-line reason where the lab cannot run, or with the logs of what did not come up.
 */
export async function startLab({
  hosts,
  report = () => undefined,
}: StartOptions = {}): Promise<Lab & { description: LabDescription }> {
  const reason = labUnavailableReason();
  if (reason !== null) throw new Error(reason);
  installRequirements();
  const running = await RunningLab.start(report, hosts);
  const lab = new ConnectedLab(running.description);
  return Object.assign(lab, {
    description: running.description,
    stop: async () => {
      await lab.disconnect();
      await running.stop();
    },
  });
}

/** Writes the description where `connectLab` finds it; it names a private key's file, not the key. */
export function saveDescription(description: LabDescription, file: string): void {
  writeFileSync(file, `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 });
}

/**
 * @param file description of a running lab; `SLUICE_LAB` names it unless given.
 * @returns the lab that another process runs. `stop()` lets it go on.
 */
export function connectLab(file = process.env[LAB_VARIABLE]): Lab {
  if (!file) throw new Error(`no lab: ${LAB_VARIABLE} names no description (run these tests with npm run test:lab)`);
  const description: LabDescription = JSON.parse(readFileSync(file, 'utf8'));
  return new ConnectedLab(description);
}

class ConnectedLab implements Lab {
  readonly accelerator: 'kvm' | 'tcg';
  readonly #hosts: ConnectedHost[];

  constructor(description: LabDescription) {
    this.accelerator = description.accelerator;
    this.#hosts = description.hosts.map((host) => new ConnectedHost(description, host));
  }

  host(name: LabHostName): ConnectedHost {
    const host = this.#hosts.find((candidate) => candidate.name === name);
    if (!host) throw new Error(`the lab has no host ${name}`);
    return host;
  }

  async reset(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.clear()));
  }

  stop(): Promise<void> {
    return this.#closeLinks();
  }

  /** Closes links and the lab's own connections. */
  async disconnect(): Promise<void> {
    await this.#closeLinks();
    await Promise.all(this.#hosts.map((host) => host.disconnect()));
  }

  async #closeLinks(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.closeLinks()));
  }
}
