/** Starts Sluice's browser shell as `npm start -- --web` does, from the built programs, with a state folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const program = path.join(import.meta.dirname, '..', '..', 'dist', 'web.js');

export interface RunningApp {
  /** The address that was printed; it opens the window once. */
  readonly address: string;
  /** Such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  readonly stateDir: string;
  /** Lines of stdout and stderr so far. */
  readonly said: readonly string[];
  /**
   * Ends it as Ctrl-C does and removes a state folder of its own.
   *
   * @returns the exit status
   */
  stop(): Promise<number | null>;
}

/** Where and how it runs, besides its arguments. */
export interface AppPlace {
  /** A folder that is there already and stays; without one it has its own, which is removed at the end. */
  readonly stateDir?: string;
  /** Put over this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * @param args of `npm start`, such as `--practice`
 * @throws {Error} with what it said if it does not print an address
 */
export const startApp = (...args: readonly string[]): Promise<RunningApp> => startAppAt({}, ...args);

/** As {@link startApp}, at a place of the test's. */
export async function startAppAt(place: AppPlace, ...args: readonly string[]): Promise<RunningApp> {
  const stateDir = place.stateDir ?? (await mkdtemp(path.join(tmpdir(), 'sluice-e2e-')));
  const tidy = async () => {
    if (place.stateDir === undefined) await rm(stateDir, { recursive: true, force: true });
  };
  const child = spawn(process.execPath, [program, '--no-open', '--state-dir', stateDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...place.environment },
  });
  const closed = once(child, 'close');
  const said: string[] = [];
  const address = await addressOf(child, said);
  if (address === null) {
    await tidy();
    throw new Error(`Sluice did not start: ${said.join('\n')}`);
  }
  return {
    address,
    origin: new URL(address).origin,
    stateDir,
    said,
    stop: async () => {
      child.kill('SIGINT');
      const [status] = (await closed) as [number | null];
      await tidy();
      return status;
    },
  };
}

/** Waits for the line with the address, or for the end. */
function addressOf(child: ChildProcess, said: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        said.push(line);
        const address = /^Sluice is at (http:\S+)$/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
    }
    child.once('close', () => resolve(null));
  });
}
