/** The arguments of this computer's own ssh. */
import { expandHome } from '../credentials.ts';
import type { SshTarget } from '../target.ts';
import type { Pin } from './pin.ts';

/** ssh's own question for its password or passphrase would wait for a terminal that nobody sits at. */
const QUIET = [
  'BatchMode=yes',
  'RequestTTY=no',
  'RemoteCommand=none',
  'ClearAllForwardings=yes',
  'ForwardAgent=no',
  'PermitLocalCommand=no',
];

const settings = (lines: readonly string[]): string[] => lines.flatMap((line) => ['-o', line]);

/** Who is called: by the name that ~/.ssh/config has for it, else with all that the host book knows. */
function callee(target: Omit<SshTarget, 'hostKey'>): { readonly options: readonly string[]; readonly host: string } {
  if (target.alias !== undefined) return { options: [], host: target.alias };
  const identity =
    target.identityFile === null ? [] : ['-i', expandHome(target.identityFile), ...settings(['IdentitiesOnly=yes'])];
  const agent = target.agent === undefined ? [] : settings([`IdentityAgent=${target.agent}`]);
  return { options: ['-p', String(target.port), '-l', target.user, ...identity, ...agent], host: target.host };
}

/**
 * Everything but the command; no data of it can be taken for an option.
 *
 * @param configFile null: ssh's own files
 * @param more options of the caller's
 */
export function sshArguments(
  target: Omit<SshTarget, 'hostKey'>,
  pin: Pin,
  configFile: string | null,
  more: readonly string[] = [],
): string[] {
  const { connectSeconds, keepAliveSeconds, keepAliveMisses } = target.timing ?? {};
  const { options, host } = callee(target);
  return [
    ...(configFile === null ? [] : ['-F', configFile]),
    '-T',
    ...settings(QUIET),
    ...pin.options,
    ...settings([
      `ConnectTimeout=${connectSeconds ?? 10}`,
      `ServerAliveInterval=${keepAliveSeconds ?? 15}`,
      `ServerAliveCountMax=${keepAliveMisses ?? 4}`,
    ]),
    ...options,
    ...more,
    '--',
    host,
  ];
}

/** For the ssh that logs in and stays; the user's `ControlPersist` would send it to the background. */
export const staying = (pin: Pin): string[] => ['-N', '-M', '-S', pin.controlPath, ...settings(['ControlPersist=no'])];

/** Of one that goes through it. */
export const throughStaying = (pin: Pin): string[] => ['-S', pin.controlPath, ...settings(['ControlMaster=no'])];

/** Of one that meets the host itself: a connection of the user's own that is open (ControlPath) would show no key. */
export const alone: readonly string[] = ['-S', 'none', ...settings(['ControlMaster=no'])];
