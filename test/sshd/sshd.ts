/** A real OpenSSH server on loopback for tests: own configuration, own keys, the current user, no root needed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshTarget } from '../../electron/ssh/index.ts';
import { fingerprint, type KeyType, makeKey, publicKey } from './keys.ts';

const PROGRAM = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path)) ?? null;
const SECONDS_TO_START = 15;

/**
 * Why no server can be started here, in one line, or null if it can. With CI set that is a failure, not a reason to
 * skip.
 */
export function sshdUnavailableReason(): string | null {
  if (PROGRAM !== null) return null;
  const reason = 'no OpenSSH server (sshd) is installed on this machine';
  if (process.env.CI) throw new Error(`With CI set the SSH tests must run, but ${reason}.`);
  return reason;
}

/** From OpenSSH 9.8 on, a few refused logins from one address lock it out for a while; older ones do not know the word. */
const PENALTIES = ((): readonly string[] => {
  const line = 'PerSourcePenalties no';
  if (PROGRAM === null) return [];
  const tried = spawnSync(PROGRAM, ['-T', '-f', '/dev/null', '-o', line], { encoding: 'utf8' });
  return /bad configuration option/i.test(tried.stderr) ? [] : [line];
})();

export interface SshdOptions {
  /** The host keys it has. Default: all three types. */
  readonly hostKeys?: readonly KeyType[];
  /** Lines of configuration that go before the fixture's own (sshd takes the first), e.g. `RekeyLimit 1M`. */
  readonly config?: readonly string[];
  /** A folder of an earlier server whose keys are taken over; it is not removed at the end. */
  readonly keysFrom?: Sshd;
  /** Default: any free one. */
  readonly port?: number;
}

export interface Sshd {
  readonly port: number;
  readonly folder: string;
  readonly user: string;
  /** Private key that is let in. */
  readonly identityFile: string;
  /** Fingerprint of its host key of that type. */
  fingerprint(type: KeyType): string;
  /** How Sluice reaches it; changed by `changes`. */
  target(changes?: Partial<SshTarget>): SshTarget;
  /** What the server has logged (LogLevel VERBOSE). */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Runs the server until standard input ends, which it does also when the test run is killed; then tidies up. Arguments:
 * the server's folder, the server and its arguments.
 */
const KEEPER = `
  folder=$1; shift
  exec 3<&0
  "$@" & server=$!
  (read -r _ <&3; kill $server; rm -rf "$folder") &
  wait $server
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port on loopback.');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [banner] = await once(socket, 'data');
    return String(banner).startsWith('SSH-2.0-OpenSSH');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function untilUp(child: ChildProcess, port: number, log: () => string): Promise<void> {
  const end = Date.now() + SECONDS_TO_START * 1000;
  while (Date.now() < end && child.exitCode === null) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`sshd did not start on port ${port}:\n${log()}`);
}

/** Starts a server; to be stopped by its `stop`. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  if (PROGRAM === null) throw new Error('No sshd here.');
  const types = options.hostKeys ?? ['ed25519', 'ecdsa', 'rsa'];
  const folder = mkdtempSync(join(tmpdir(), 'sluice-sshd-'));
  const keys = options.keysFrom?.folder ?? folder;
  const identityFile = join(keys, 'login');
  if (options.keysFrom === undefined) {
    makeKey(identityFile, 'ed25519');
    writeFileSync(join(keys, 'authorized_keys'), `${publicKey(identityFile)}\n`, { mode: 0o600 });
  }
  const hostKeyFile = (type: KeyType) => join(keys, `host_${type}`);
  for (const type of types) if (!existsSync(hostKeyFile(type))) makeKey(hostKeyFile(type), type);
  const port = options.port ?? (await freePort());
  const config = join(folder, 'config');
  writeFileSync(
    config,
    [
      ...(options.config ?? []),
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...types.map((type) => `HostKey ${hostKeyFile(type)}`),
      `AuthorizedKeysFile ${join(keys, 'authorized_keys')}`,
      `PidFile ${join(folder, 'pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin yes',
      'MaxStartups 100',
      // bash reads ~/.bashrc for a command of sshd's unless it believes to run inside another shell; what the developer's
      // start-up files say there is not what is tested.
      'SetEnv SHLVL=1',
      ...PENALTIES,
      'LogLevel VERBOSE',
      '',
    ].join('\n'),
  );
  // As root sshd wants its empty folder; packages of some systems leave it to the boot scripts.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const logFile = join(folder, 'log');
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const child = spawn('/bin/sh', ['-c', KEEPER, 'sh', folder, PROGRAM, '-D', '-f', config, '-E', logFile], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });

  const user = userInfo().username;
  const sshd: Sshd = {
    port,
    folder,
    user,
    identityFile,
    fingerprint: (type) => fingerprint(hostKeyFile(type)),
    target: (changes = {}) => ({
      user,
      host: '127.0.0.1',
      port,
      identityFile,
      hostKey: fingerprint(hostKeyFile(types[0] ?? 'ed25519')),
      hostName: 'loopback',
      ...changes,
    }),
    log,
    stop: async () => {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await untilUp(child, port, log);
  } catch (error) {
    await sshd.stop();
    throw error;
  }
  return sshd;
}
