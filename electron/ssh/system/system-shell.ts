/**
 * A host reached by this computer's own ssh: for certificates, security keys, GSSAPI, ProxyCommand. One ssh logs in and
 * stays (ControlMaster), each command is another that goes through it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, failure, SluiceError } from '../../../shared/model/failure.ts';
import { type WireText, wireEnd } from '../../../shared/zfs/wire.ts';
import { collect, lines, type Starter } from '../collect.ts';
import { connectionClosed, connectionLost, messageOf, type Peer, throwIfAborted } from '../faults.ts';
import { ProcessCommand } from '../process-command.ts';
import type { Collected, CollectOptions, Exit, Running, Shell, StartOptions } from '../shell.ts';
import { COLLECTING_AT_ONCE, Slots } from '../slots.ts';
import { describeTarget, type SshTarget } from '../target.ts';
import { alone, sshArguments, staying, throughStaying } from './arguments.ts';
import { whyNotConnected } from './faults.ts';
import { NO_PROGRAM, spawnMaster } from './master.ts';
import { type Pin, pinKey } from './pin.ts';

/** Milliseconds for everything from resolving to the login. */
const CONNECT_TIMEOUT = 45_000;
const POLL = 40;
/** Milliseconds that commands, and then the ssh that stays, may take to end before nobody waits for them any more. */
const END_GRACE = 5_000;
const MASTER_GRACE = 3_000;
/** ssh's status when it is not the command's. */
const SSH_FAILED = 255;

export interface SystemOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: ssh's own files. */
  readonly configFile?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

/** @returns whether it settled in that time */
async function inTime(what: Promise<unknown>, ms: number): Promise<boolean> {
  return await Promise.race([what.then(() => true), wait(ms, false, { ref: false })]);
}

function noSsh(error: unknown): SluiceError {
  return new SluiceError(
    {
      code: 'no-system-ssh',
      message: 'This host needs the ssh program of this computer, and there is none.',
      cause: messageOf(error),
      next: 'Install OpenSSH, or log in with a plain key or a password.',
    },
    { cause: error },
  );
}

interface Master {
  readonly child: ChildProcess;
  /** Settles when it has ended and reported everything. */
  readonly over: Promise<void>;
}

/** Starts the ssh that stays. @throws SluiceError as {@link whyNotConnected} says, `no-system-ssh`, `cancelled` */
async function startMaster(target: SshTarget, peer: Peer, pin: Pin, options: SystemOptions): Promise<Master> {
  const master = spawnMaster(sshArguments(target, pin, options.configFile ?? null, staying(pin)), pin.folder);
  const over = new Promise<void>((resolve) => {
    master.once('close', () => resolve());
  });
  let stderr = '';
  master.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-16_384);
  });
  try {
    await once(master, 'spawn');
  } catch (error) {
    throw noSsh(error);
  }
  let ended = false;
  void over.then(() => {
    ended = true;
  });
  const end = Date.now() + (options.timeoutMs ?? CONNECT_TIMEOUT);
  // The socket appears once the login is over.
  while (ended || !existsSync(pin.controlPath)) {
    const late = Date.now() > end;
    if (late || ended || options.signal?.aborted) {
      master.kill();
      throwIfAborted(options.signal, peer.described);
      if (master.exitCode === NO_PROGRAM) throw noSsh(stderr.trim());
      const said = late ? `${stderr}\nConnection timed out.` : stderr;
      const shown = pin.seen().map(({ type, fingerprint }) => ({ type, fingerprint }));
      throw new SluiceError(whyNotConnected(peer, target.hostKey, said, shown));
    }
    await wait(POLL);
  }
  return { child: master, over };
}

class SystemShell implements Shell {
  readonly bySystem = true;
  readonly closed: Promise<Failure | null>;
  readonly #peer: Peer;
  readonly #master: ChildProcess;
  readonly #args: readonly string[];
  readonly #slots = new Slots(COLLECTING_AT_ONCE);
  readonly #running = new Set<Running>();
  readonly #starter: Starter;
  #gone: Failure | null = null;
  #closing = false;

  constructor(target: SshTarget, peer: Peer, pin: Pin, master: Master, options: SystemOptions) {
    this.#peer = peer;
    this.#master = master.child;
    this.#args = sshArguments(target, pin, options.configFile ?? null, throughStaying(pin));
    this.#starter = { described: peer.described, start: (command) => this.start(command) };
    this.closed = master.over.then(() => {
      this.#gone = failure(this.#closing ? connectionClosed(peer.described) : connectionLost(peer, 'ssh has ended.'));
      pin.remove();
      return this.#closing ? null : this.#gone;
    });
  }

  async start(command: WireText, options: StartOptions = {}): Promise<Running> {
    // Without its master ssh would reconnect by itself, key and all.
    if (this.#gone !== null) throw new SluiceError(this.#gone);
    const child = spawn('ssh', [...this.#args, command], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    try {
      await once(child, 'spawn');
    } catch (error) {
      throw noSsh(error);
    }
    const running = new ProcessCommand(
      child,
      {
        described: this.#peer.described,
        endThere: (pid) => this.#endThere(pid),
        whyLost: (code, stderr) =>
          code === SSH_FAILED || code === null
            ? (this.#gone ?? failure(connectionLost(this.#peer, stderr.trim().split('\n').at(-1) || 'ssh has ended.')))
            : null,
      },
      options,
    );
    this.#running.add(running);
    void running.exit.then(() => this.#running.delete(running));
    return running;
  }

  async collect(command: WireText, options: CollectOptions = {}): Promise<Collected> {
    const free = await this.#slots.take();
    try {
      return await collect(this.#starter, command, options);
    } finally {
      free();
    }
  }

  async *lines(command: WireText, options: CollectOptions = {}): AsyncGenerator<string, Exit> {
    const free = await this.#slots.take();
    try {
      return yield* lines(this.#starter, command, options);
    } finally {
      free();
    }
  }

  async close(): Promise<void> {
    const running = [...this.#running];
    for (const command of running) command.kill();
    await inTime(Promise.all(running.map((command) => command.exit)), END_GRACE);
    this.#closing = true;
    if (this.#gone === null) this.#master.kill();
    if (!(await inTime(this.closed, MASTER_GRACE))) this.#master.kill('SIGKILL');
    await inTime(this.closed, MASTER_GRACE);
  }

  /** A silent command lives on when its ssh is gone. Best effort. */
  async #endThere(pid: number): Promise<void> {
    if (this.#gone !== null) return;
    const ending = spawn('ssh', [...this.#args, wireEnd(pid)], { stdio: 'ignore' });
    await once(ending, 'close').catch(() => undefined);
  }
}

/**
 * Connects with the system's ssh.
 *
 * @throws SluiceError `host-key-changed`, `login-refused`, `host-not-found`, `connection-refused`, `host-unreachable`,
 *   `system-ssh-failed`, `no-system-ssh`, `system-ssh-jump`, `cancelled`
 */
export async function connectBySystem(target: SshTarget, peer: Peer, options: SystemOptions = {}): Promise<Shell> {
  throwIfAborted(options.signal, peer.described);
  // Under its name in ~/.ssh/config it is reached as that file says.
  if (target.jump !== undefined && target.alias === undefined) {
    throw new SluiceError({
      code: 'system-ssh-jump',
      message: `${peer.described} needs this computer's own ssh, which does not go through ${target.jump.hostName} of the host book.`,
      next: 'Give the host its ProxyJump in ~/.ssh/config and import it from there.',
    });
  }
  const pin = pinKey(target.hostKey);
  try {
    return new SystemShell(target, peer, pin, await startMaster(target, peer, pin, options), options);
  } catch (error) {
    pin.remove();
    throw error;
  }
}

/** Looks at a host's key with the system's ssh; nobody logs in. @returns null if it did not get that far */
export async function seeKeyBySystem(
  target: Omit<SshTarget, 'hostKey'>,
  options: SystemOptions = {},
): Promise<{ readonly type: string; readonly fingerprint: string; readonly key: Buffer } | null> {
  const described = describeTarget(target);
  throwIfAborted(options.signal, described);
  const pin = pinKey(null);
  try {
    const args = sshArguments(target, pin, options.configFile ?? null, alone);
    const { signal, timeoutMs = CONNECT_TIMEOUT } = options;
    const ssh = spawn('ssh', [...args, 'true'], { stdio: 'ignore', timeout: timeoutMs, signal });
    await once(ssh, 'close').catch((error: unknown) => {
      throwIfAborted(signal, described);
      throw noSsh(error);
    });
    return pin.seen()[0] ?? null;
  } finally {
    pin.remove();
  }
}
