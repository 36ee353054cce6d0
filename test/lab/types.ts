import type { Link } from './link.ts';

export type LabHostName = 'alpha' | 'beta' | 'fuse';

/**
 * Who logs in: root; a user who may run zfs and zpool through `sudo -n` and nothing else; a user with only what a test gives
 * by `zfs allow`; a user with no rights.
 */
export type LabUser = 'root' | 'sudoer' | 'delegate' | 'nobody';

/** The accounts' names on every lab host. */
export const ACCOUNTS: Record<LabUser, string> = {
  root: 'root',
  sudoer: 'sluice-sudoer',
  delegate: 'sluice-delegate',
  nobody: 'sluice-nobody',
};

/** @returns `ssh://account@127.0.0.1:port`. */
export function sshUrl(user: LabUser, port: number): string {
  return `ssh://${ACCOUNTS[user]}@127.0.0.1:${port}`;
}

export interface RunOptions {
  /** Written to the command's standard input, which is then closed. */
  input?: string | Buffer;
  /** Who runs it; root unless told. */
  user?: LabUser;
  /** Return a non-zero status instead of throwing. */
  allowFailure?: boolean;
  /** ms; two minutes unless told. */
  timeoutMs?: number;
}

export interface RunResult {
  status: number;
  stdout: string;
  stderr: string;
}

export interface PoolOptions {
  /** Size of the sparse file below the pool, MiB; 512 unless told. */
  sizeMb?: number;
  /** Properties of the top dataset (`zpool create -O`). */
  properties?: Record<string, string>;
  /** Properties of the pool (`zpool create -o`), such as `version` or `feature@…`. */
  poolProperties?: Record<string, string>;
}

export interface NetemConditions {
  /** Added to everything the guest sends, ms. */
  delayMs?: number;
  /** Share of packets lost, percent. */
  lossPercent?: number;
}

/** One host with real ZFS and a real OpenSSH server on 127.0.0.1. */
export interface LabHost {
  readonly name: LabHostName;
  readonly kind: 'openzfs' | 'zfs-fuse';
  /** Port of its sshd on 127.0.0.1, without a link in between. */
  readonly port: number;
  /** `SHA256:…` of its ed25519 host key, the only one it has. */
  readonly hostKeyFingerprint: string;
  /** Private key file (OpenSSH format, no passphrase) that every account accepts. */
  readonly identityFile: string;
  /** Password that every account accepts. */
  readonly password: string;
  /** Directory in the host that holds the pools' files; pools on other files belong there too, so that a reset finds them. */
  readonly poolDirectory: string;
  /** @returns `ssh://account@127.0.0.1:port`. */
  url(user?: LabUser): string;
  /**
   * Runs a command in the host over a lasting ssh connection of the lab's own, which no test can break.
   * @param command an argument list, or a line for the account's shell.
   * @throws Error with command, status and both outputs when the status is not 0, unless `allowFailure`; on a timeout always.
   */
  run(command: readonly string[] | string, options?: RunOptions): Promise<RunResult>;
  /** Makes an empty pool on a sparse file; one of that name is destroyed first. */
  pool(name: string, options?: PoolOptions): Promise<void>;
  /** Opens a link in front of this host's sshd. Closed by `Lab.reset()`. */
  link(): Promise<Link>;
  /** Delay and loss on the guest's own network card (both directions of a connection feel it once). OpenZFS guests only. */
  netem(conditions: NetemConditions): Promise<void>;
  /** Ends sshd and waits until a new one listens. Sessions go on, as on Debian, unless `dropSessions`. */
  restartSshd(options?: { dropSessions?: boolean }): Promise<void>;
  /** Power cut and boot: what was not on disk is gone, pools are imported again. Resolves when sshd answers. */
  reset(): Promise<void>;
  /** How this host reaches the other one's sshd, or a link in front of it when given the link's port. */
  guestAddressOf(other: LabHost, port?: number): { host: string; port: number };
  /**
   * The argument list that runs a program of this machine inside the host, so that what it calls *this computer* is that
   * host. zfs-fuse only.
   */
  localCommand(command: readonly string[]): string[];
}

export interface Lab {
  /** `kvm` or `tcg` (emulation, some twenty times slower). */
  readonly accelerator: 'kvm' | 'tcg';
  host(name: LabHostName): LabHost;
  /** Between tests: closes links, ends stray zfs processes, destroys every pool, clears netem and the accounts' homes. */
  reset(): Promise<void>;
  /** Ends what this process started. A lab that was only connected to goes on. */
  stop(): Promise<void>;
}

/** What a process needs to use a lab that another one runs; written as JSON. */
export interface LabDescription {
  directory: string;
  ownerPid: number;
  /** Unix socket of the owner: power cuts. */
  controlSocket: string;
  identityFile: string;
  knownHostsFile: string;
  password: string;
  accelerator: 'kvm' | 'tcg';
  hosts: HostDescription[];
}

export interface HostDescription {
  name: LabHostName;
  kind: 'openzfs' | 'zfs-fuse';
  port: number;
  controlPort: number;
  hostKeyFingerprint: string;
}
