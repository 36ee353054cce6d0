/** What `ssh ALIAS` would do, asked of ssh itself where it exists (ssh(1), -G), otherwise read from the file. */
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
 * Debian's and Red Hat's own /etc/ssh have `GSSAPIAuthentication yes` for every host, and `ssh -G` prints it for each. Only where
 * the user wants a login by ticket, it is one that Sluice's own SSH cannot do.
 */
function wantsTicket(
  values: ReadonlyMap<string, readonly string[]>,
  own: ReadonlyMap<string, readonly string[]> | null,
) {
  const preferred = values.get('preferredauthentications')?.[0] ?? '';
  return own?.get('gssapiauthentication')?.[0]?.toLowerCase() === 'yes' || preferred.toLowerCase().startsWith('gssapi');
}

/**
 * @param alias what would be typed after `ssh`; a valid alias, so never an option
 * @returns null if neither ssh nor the file knows
 */
export async function resolveAlias(alias: string, options: ConfigOptions = {}): Promise<ResolvedHost | null> {
  const localUser = userInfo().username;
  const ssh = options.ssh === undefined ? 'ssh' : options.ssh;
  const own = computeWithoutSsh(readConfigText(fileOf(options), options.home).text, alias);
  if (ssh !== null) {
    const argv = [...(options.file === undefined ? [] : ['-F', options.file]), '-G', '--', alias];
    try {
      const { stdout } = await run(ssh, argv, { timeout: DUMP_TIMEOUT, maxBuffer: 4 * 1024 * 1024 });
      const values = readDump(stdout);
      if (!wantsTicket(values, own)) values.delete('gssapiauthentication');
      return describeResolved(alias, values, localUser);
    } catch (error) {
      // A faulty configuration is ssh's to complain about; reading it ourselves would honour another one than ssh does.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    }
  }
  return own === null ? null : describeResolved(alias, own, localUser);
}
