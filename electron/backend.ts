/** The engine and its contract, started for either shell: Electron's window or a browser. */
import type { Router } from '@orpc/server';
import type { Contract } from '../shared/api/contract.ts';
import { createRouter } from './api/router.ts';
import { createEngine } from './engine.ts';
import type { Keychain } from './hosts/secrets.ts';
import { prepareStateDir } from './hosts/state-dir.ts';
import type { LaunchOptions } from './launch-options.ts';
import { onState, programBeside } from './own-program.ts';

/** What a window is served from. */
export interface Backend {
  readonly router: Router<Contract, Record<never, never>>;
  /** How many runs are being carried out at this moment. */
  runsUnderWay(): number;
  /** Tells how many that are, whenever it changes. */
  watchRuns(watcher: (underWay: number) => void): void;
  /** Leaves a message in every run that is under way. */
  remark(text: string): void;
  /** Ends what runs so that it can be resumed, and closes all connections. */
  close(): Promise<void>;
}

/**
 * Starts the engine on the state folder that the options name.
 *
 * @param keychain where secrets may outlive the session
 * @param openPractice opens practice hosts beside real ones; null where the hosts are practice hosts already
 * @throws {SluiceError} if the state folder cannot be used
 */
export async function startBackend(
  options: Pick<LaunchOptions, 'practice' | 'practiceDialects' | 'stateDir'>,
  shell: 'electron' | 'browser',
  keychain: Keychain | null = null,
  openPractice: (() => Promise<string | null>) | null = null,
): Promise<Backend> {
  const stateDir = await prepareStateDir({ argument: options.stateDir, practice: options.practice });
  // Electron is no Node (its package says so by a fuse); started from a checkout, build/bootstrap.mjs says which one there is.
  const node = shell === 'browser' ? process.execPath : (process.env.SLUICE_NODE ?? null);
  const practice = options.practice ? options.practiceDialects : null;
  const program = onState(programBeside(import.meta.dirname, node), stateDir, practice);
  const engine = await createEngine({ ...options, stateDir, shell, keychain, program, openPractice });
  void engine.runs.tidyUp();
  return {
    router: createRouter(engine),
    runsUnderWay: () => engine.runs.underWay,
    watchRuns: (watcher) => engine.runs.watchUnderWay(watcher),
    remark: (text) => engine.runs.remark(text),
    close: () => engine.close(),
  };
}
