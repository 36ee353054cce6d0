/** What `ssh ALIAS` would do, asked from ssh itself where it exists (ssh(1), -G), else read from the file. */
import { execFile } from 'node:child_process';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aliasesOf, computeWithoutSsh, readConfigText } from './read.ts';
import { describeResolved, type ResolvedHost, readDump } from './resolved.ts';

const run = promisify(execFile);
const DUMP_TIMEOUT = 10_000;

export interface ConfigOptions {
  /** Default: ~/.ssh/config of this user. Tests bring their own. */
  readonly file?: string;
  readonly home?: string;
  /** The ssh program; null: as if there were none. */
  readonly ssh?: string | null;
}

export interface SshConfigListing {
  readonly file: string;
  readonly aliases: readonly string[];
  readonly faults: readonly string[];
}

const fileOf = (options: ConfigOptions): string => options.file ?? join(options.home ?? homedir(), '.ssh', 'config');

/** The hosts that the configuration names. */
export function listSshConfig(options: ConfigOptions = {}): SshConfigListing {
  const file = fileOf(options);
  const { text, faults } = readConfigText(file, options.home);
  return { file, aliases: aliasesOf(text), faults };
}

/**
 * @param alias what would be typed after `ssh`; a valid alias, so never an option
 * @returns null if neither ssh nor the file can tell
 */
export async function resolveAlias(alias: string, options: ConfigOptions = {}): Promise<ResolvedHost | null> {
  const localUser = userInfo().username;
  const ssh = options.ssh === undefined ? 'ssh' : options.ssh;
  if (ssh !== null) {
    const argv = [...(options.file === undefined ? [] : ['-F', options.file]), '-G', '--', alias];
    try {
      const { stdout } = await run(ssh, argv, { timeout: DUMP_TIMEOUT, maxBuffer: 4 * 1024 * 1024 });
      return describeResolved(alias, readDump(stdout), localUser);
    } catch (error) {
      // A faulty configuration is ssh's to complain about; reading it ourselves would honour another one than ssh does.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    }
  }
  const values = computeWithoutSsh(readConfigText(fileOf(options), options.home).text, alias);
  return values === null ? null : describeResolved(alias, values, localUser);
}
