/** The one folder in which Sluice keeps hosts, settings, journals and history. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';
import { SluiceError } from '../../shared/model/failure.ts';

/** Practice has a folder of its own inside, so that practice hosts and real ones never meet. */
const PRACTICE = 'practice';

export interface StateDirQuestion {
  /** What `--state-dir` said; null if it was not given. */
  readonly argument: string | null;
  readonly practice: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/** The platform's folder for an application's data: XDG base directories, Apple's and Microsoft's rules. */
function platformFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Sluice');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Sluice');
  // The specification: "If an implementation encounters a relative path … it should consider the path invalid".
  const config = env.XDG_CONFIG_HOME;
  return posix.join(config !== undefined && posix.isAbsolute(config) ? config : posix.join(home, '.config'), 'sluice');
}

/**
 * Which folder is meant: `--state-dir`, else `SLUICE_STATE_DIR`, else the platform's. Touches nothing.
 *
 * @returns an absolute path
 */
export function resolveStateDir(question: StateDirQuestion): string {
  const { argument, practice, env = process.env, platform = process.platform, home = homedir() } = question;
  const named = argument || env.SLUICE_STATE_DIR;
  const folder = named ? resolve(named) : platformFolder(env, platform, home);
  return practice ? (platform === 'win32' ? win32 : posix).join(folder, PRACTICE) : folder;
}

/**
 * Resolves the folder and makes it, readable for its owner only. A folder that exists keeps its rights.
 *
 * @throws SluiceError `state-dir-unusable`
 */
export async function prepareStateDir(question: StateDirQuestion): Promise<string> {
  const folder = resolveStateDir(question);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SluiceError(
      {
        code: 'state-dir-unusable',
        message: `The folder ${folder}, in which Sluice keeps its state, cannot be created.`,
        cause: error instanceof Error ? error.message : String(error),
        next: 'Choose another one with --state-dir or SLUICE_STATE_DIR.',
        evidence: { folder },
      },
      { cause: error },
    );
  }
  return folder;
}
