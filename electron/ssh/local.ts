/** This computer's command line, with the semantics of a connection to a host. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Failure, failure, SluiceError } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import { collect, lines, type Starter } from './collect.ts';
import { connectionClosed, messageOf } from './faults.ts';
import { ProcessCommand, type ProcessParts } from './process-command.ts';
import type { Collected, CollectOptions, Exit, Running, Shell, StartOptions } from './shell.ts';

const HERE = 'this computer';
const HERE_PARTS: ProcessParts = { described: HERE, endThere: null, whyLost: () => null };

class LocalShell implements Shell {
  readonly closed: Promise<Failure | null>;
  readonly #platform: NodeJS.Platform;
  readonly #running = new Set<Running>();
  readonly #starter: Starter = { described: HERE, start: (command) => this.start(command) };
  #reportClosed!: (why: null) => void;
  #isClosed = false;

  constructor(platform: NodeJS.Platform) {
    this.#platform = platform;
    this.closed = new Promise((resolve) => {
      this.#reportClosed = resolve;
    });
  }

  async start(command: WireText, options: StartOptions = {}): Promise<Running> {
    if (this.#isClosed) throw new SluiceError(failure(connectionClosed(HERE)));
    if (this.#platform === 'win32') {
      throw new SluiceError({
        code: 'no-local-zfs',
        message: 'Windows has no ZFS of its own that Sluice could use.',
        next: 'Choose hosts that are reached over SSH for both ends.',
      });
    }
    // A session and process group of its own, like a command under sshd.
    const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    try {
      await once(child, 'spawn');
    } catch (error) {
      throw new SluiceError(
        {
          code: 'command-not-started',
          message: 'A command could not be started on this computer.',
          cause: messageOf(error),
          kind: 'passing',
        },
        { cause: error },
      );
    }
    const running = new ProcessCommand(child, HERE_PARTS, options);
    this.#running.add(running);
    void running.exit.then(() => this.#running.delete(running));
    return running;
  }

  async collect(command: WireText, options: CollectOptions = {}): Promise<Collected> {
    return await collect(this.#starter, command, options);
  }

  lines(command: WireText, options: CollectOptions = {}): AsyncGenerator<string, Exit> {
    return lines(this.#starter, command, options);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running];
    for (const command of running) command.kill();
    await Promise.all(running.map((command) => command.exit));
    this.#reportClosed(null);
  }
}

/** This computer. On Windows every command is refused with `no-local-zfs`. */
export const localShell = (platform: NodeJS.Platform = process.platform): Shell => new LocalShell(platform);
