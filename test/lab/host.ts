import { join } from 'node:path';
import { ControlSsh } from './control-ssh.ts';
import { insideFuseHost } from './fuse-host.ts';
import { CLEAR_HOST, FUSE_MOUNT_DIRECTORY, MAKE_POOL, POOL_DIRECTORY, RESTART_SSHD } from './host-scripts.ts';
import { Link } from './link.ts';
import { askOwner } from './owner-socket.ts';
import { waitForSsh } from './readiness.ts';
import {
  type HostDescription,
  type LabDescription,
  type LabHost,
  type LabHostName,
  type LabUser,
  type NetemConditions,
  type PoolOptions,
  type RunOptions,
  type RunResult,
  sshUrl,
} from './types.ts';

/** QEMU's user network shows the machine's 127.0.0.1 under this address. */
const MACHINE_SEEN_FROM_GUEST = '10.0.2.2';
const SSHD_TIMEOUT_MS = 60_000;

/** A running host, as any process that has the lab's description can use it. */
export class ConnectedHost implements LabHost {
  readonly name: LabHostName;
  readonly kind: 'openzfs' | 'zfs-fuse';
  readonly port: number;
  readonly hostKeyFingerprint: string;
  readonly identityFile: string;
  readonly password: string;
  readonly poolDirectory = POOL_DIRECTORY;
  readonly #lab: LabDescription;
  readonly #ssh: ControlSsh;
  #links: Link[] = [];

  constructor(lab: LabDescription, description: HostDescription) {
    this.name = description.name;
    this.kind = description.kind;
    this.port = description.port;
    this.hostKeyFingerprint = description.hostKeyFingerprint;
    this.identityFile = lab.identityFile;
    this.password = lab.password;
    this.#lab = lab;
    this.#ssh = new ControlSsh(lab, description);
  }

  url(user: LabUser = 'root'): string {
    return sshUrl(user, this.port);
  }

  run(command: readonly string[] | string, options: RunOptions = {}): Promise<RunResult> {
    return this.#ssh.run(command, options);
  }

  async pool(name: string, options: PoolOptions = {}): Promise<void> {
    const flags = [
      ...Object.entries(options.poolProperties ?? {}).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
      ...Object.entries(options.properties ?? {}).flatMap(([key, value]) => ['-O', `${key}=${value}`]),
    ];
    if (this.kind === 'zfs-fuse') flags.push('-m', `${FUSE_MOUNT_DIRECTORY}/${name}`);
    await this.#script(MAKE_POOL, [name, String(options.sizeMb ?? 512), ...flags]);
  }

  async link(): Promise<Link> {
    const link = await Link.open(this.port);
    this.#links.push(link);
    return link;
  }

  async netem({ delayMs = 0, lossPercent = 0 }: NetemConditions): Promise<void> {
    if (this.kind !== 'openzfs') throw new Error('netem is for the OpenZFS guests; zfs-fuse has no network of its own');
    const conditions = ['delay', `${delayMs}ms`, 'loss', `${lossPercent}%`];
    await this.run(['tc', 'qdisc', 'replace', 'dev', 'eth0', 'root', 'netem', ...conditions]);
  }

  async restartSshd({ dropSessions = false }: { dropSessions?: boolean } = {}): Promise<void> {
    await this.#script(RESTART_SSHD, [dropSessions ? 'sessions' : 'listener']);
    await waitForSsh(this.port, SSHD_TIMEOUT_MS, () => null);
  }

  async reset(): Promise<void> {
    await this.#ssh.disconnect();
    await askOwner(this.#lab.controlSocket, { powerCut: this.name });
  }

  guestAddressOf(other: LabHost, port = other.port): { host: string; port: number } {
    return { host: this.kind === 'openzfs' ? MACHINE_SEEN_FROM_GUEST : '127.0.0.1', port };
  }

  localCommand(command: readonly string[]): string[] {
    if (this.kind !== 'zfs-fuse') throw new Error(`${this.name} is another machine: no program of this one runs in it`);
    return insideFuseHost(join(this.#lab.directory, this.name), command);
  }

  /** Closes its links and empties it. */
  async clear(): Promise<void> {
    await this.closeLinks();
    if (this.kind === 'openzfs') {
      await this.run(['tc', 'qdisc', 'del', 'dev', 'eth0', 'root'], { allowFailure: true });
    }
    await this.#script(CLEAR_HOST, []);
  }

  async closeLinks(): Promise<void> {
    await Promise.all(this.#links.splice(0).map((link) => link.close()));
  }

  /** Ends the lab's own connections. */
  disconnect(): Promise<void> {
    return this.#ssh.disconnect();
  }

  #script(script: string, parameters: string[]): Promise<RunResult> {
    return this.run(['sh', '-s', '--', ...parameters], { input: script });
  }
}
