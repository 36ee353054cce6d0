import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOST_LOG, tail } from './log-tail.ts';
import { killAndWait, processGone, spawnTied } from './process.ts';
import { waitForSsh } from './readiness.ts';

const START_TIMEOUT_MS = 30_000;
const NAMESPACES = ['--mount', '--propagation', 'private', '--pid', '--uts', '--fork', '--kill-child', '--mount-proc'];

export interface FuseSettings {
  /** Holds `seed/` already; everything of this host is put here. */
  directory: string;
  port: number;
  controlPort: number;
}

/** The zfs-fuse host: processes of this machine in namespaces of their own (see fuse/host.sh). */
export class FuseHost {
  readonly #settings: FuseSettings;
  #process: ChildProcess;

  private constructor(settings: FuseSettings) {
    this.#settings = settings;
    this.#process = this.#spawn();
  }

  static start(settings: FuseSettings): FuseHost {
    return new FuseHost(settings);
  }

  /** @throws Error with the end of its log when it ended or time is up. */
  async ready(): Promise<void> {
    const { port, controlPort } = this.#settings;
    const ended = () =>
      this.#process.exitCode === null ? null : `its first process ended with ${this.#process.exitCode}`;
    try {
      await waitForSsh(controlPort, START_TIMEOUT_MS, ended);
      await waitForSsh(port, START_TIMEOUT_MS, ended);
    } catch (error) {
      throw new Error(`the zfs-fuse host did not come up: ${String(error)}\nits log's end:\n${tail(this.#log)}`);
    }
    const { pid } = this.#process;
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    writeFileSync(firstProcessFile(this.#settings.directory), `${first}\n`);
  }

  /** Ends all its processes at once, zfs-fuse included, and starts it again on the same disk. */
  async powerCut(): Promise<void> {
    await this.stop();
    this.#process = this.#spawn();
    await this.ready();
  }

  /** Also waits for the first process inside: the kernel ends it last, so nothing holds the pools' files then. */
  async stop(): Promise<void> {
    await killAndWait(this.#process);
    const file = firstProcessFile(this.#settings.directory);
    if (!existsSync(file)) return;
    await processGone(firstProcess(this.#settings.directory));
    rmSync(file);
  }

  get #log(): string {
    return join(this.#settings.directory, HOST_LOG);
  }

  #spawn(): ChildProcess {
    const { directory, port, controlPort } = this.#settings;
    const script = join(import.meta.dirname, 'fuse', 'host.sh');
    const argv = ['unshare', ...NAMESPACES, 'bash', script, directory, String(port), String(controlPort)];
    return spawnTied(argv, this.#log);
  }
}

/** @returns the argument list that runs a program of this machine inside the running zfs-fuse host. */
export function insideFuseHost(directory: string, command: readonly string[]): string[] {
  return ['nsenter', '--target', firstProcess(directory), '--mount', '--pid', '--uts', '--', ...command];
}

function firstProcess(directory: string): string {
  return readFileSync(firstProcessFile(directory), 'utf8').trim();
}

function firstProcessFile(directory: string): string {
  return join(directory, 'first-process');
}
