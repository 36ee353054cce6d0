/** How a schedule calls this Sluice: by absolute paths, since cron and systemd know no PATH of a login. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NO_PROGRAM } from '../shared/export/schedule.ts';
import type { PracticeDialects } from '../shared/model/practice.ts';

/** `…/resources/app.asar/dist`: nothing but Electron can read what lies in there. */
const PACKED = /\.asar(?:[\\/]|$)/;

/**
 * @param folder where the window's program lies; the command line's is built beside it
 * @param node what could run it; null: there is none
 */
export function programBeside(folder: string, node: string | null): readonly string[] {
  const commandLine = join(folder, 'cli.js');
  return node !== null && !PACKED.test(folder) && existsSync(commandLine) ? [node, commandLine] : NO_PROGRAM;
}

/**
 * The same hosts and runs, wherever it is called from.
 *
 * @param stateDir as `prepareStateDir` made it: practice has a folder of its own inside the one that was meant
 * @param practice the dialects of practice hosts that do not speak as usual; null: the hosts are real
 */
export function onState(program: readonly string[], stateDir: string, practice: PracticeDialects | null): string[] {
  if (practice === null) return [...program, '--state-dir', stateDir];
  const dialects = Object.entries(practice).flatMap(([host, dialect]) => ['--practice-dialect', `${host}=${dialect}`]);
  return [...program, '--practice', ...dialects, '--state-dir', dirname(stateDir)];
}
