/** Rights through sudo or doas: which of the commands of a replication they let through, and the lines that are enough. */
import type { HostTools } from '../probe.ts';
import { type Admin, byHand, type Finding, line, type Treatment } from './line.ts';
import type { Survey, Tool } from './survey.ts';

/** For sudo: nothing but reading, and what a replication does; `destroy` and `rollback` only by hand. */
const VERBS = [
  'list',
  'get',
  'holds',
  'send',
  'hold',
  'release',
  'bookmark',
  'snapshot',
  'receive',
  'create',
  'set',
  'rename',
  'diff',
];

export const adminOf = (tools: HostTools, survey: Survey): Admin => ({
  root: tools.root && tools.elevation.length === 0,
  sudoWithPassword: survey.sudo !== null && /password is required|terminal is required/i.test(survey.sudo.stderr),
});

/** User names are unquoted in sudoers(5): only names that need no quoting are written there. */
const PLAIN_USER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

const PLAIN_PATH = /^\/[A-Za-z0-9/._-]+$/;
const pathsOf = (tool: Tool | undefined, usual: string): string[] =>
  tool === undefined ? [usual] : [...new Set([tool.real, tool.path])];

export function sudoersFix(survey: Survey, admin: Admin): Treatment | null {
  if (!PLAIN_USER.test(survey.user) || survey.tools.sudo === undefined) return null;
  const zfs = pathsOf(survey.tools.zfs, '/usr/sbin/zfs');
  const zpool = pathsOf(survey.tools.zpool, '/usr/sbin/zpool');
  if (![...zfs, ...zpool].every((path) => PLAIN_PATH.test(path))) return null;
  const commands = [
    ...zfs.flatMap((path) => VERBS.map((verb) => `${path} ${verb} *`)),
    ...zpool.flatMap((path) => ['list', 'get', 'status'].map((verb) => `${path} ${verb} *`)),
  ];
  const text = `# Lets Sluice replicate: read, send, hold, receive. No destroy, no rollback.\n${survey.user} ALL=(root) NOPASSWD: ${commands.join(', ')}\n`;
  const file = `/etc/sudoers.d/sluice-${survey.user}`;
  const canDo = admin.root || admin.sudoWithPassword;
  return {
    id: 'sudoers',
    label: `Let ${survey.user} run the ZFS commands of a replication as root, without a password`,
    command: `# ${file}, checked with visudo -c, mode 0440\n${text.trimEnd()}`,
    where: 'host',
    canDo,
    asksPassword: canDo && !admin.root,
    act: { kind: 'sudoers', file, text },
  };
}

/**
 * doas compares the command as it is typed, without a path, and then looks for it in safe folders alone (doas.conf(5)).
 *
 * @returns null where there is no doas, or the user's name would have to be quoted
 */
export function doasFix({ user, tools }: Survey): Treatment | null {
  if (tools.doas === undefined || !PLAIN_USER.test(user)) return null;
  const rules = ['zfs', 'zpool'].map((command) => `permit nopass ${user} as root cmd ${command}`);
  return byHand(
    'doas',
    `Let ${user} run zfs and zpool as root through doas`,
    `# added to /etc/doas.conf\n${rules.join('\n')}`,
  );
}

/** @param refused what is not let through without a password, as `zfs send` */
export function elevatedRights(tools: HostTools, survey: Survey, refused: readonly string[]): Finding {
  const by = tools.elevation.join(' ');
  if (refused.length === 0) {
    return line({
      code: 'rights',
      title: 'Permissions',
      detail: `ZFS commands run as root through ${by}.`,
      evidence: { elevation: tools.elevation },
    });
  }
  const fix = tools.elevation[0] === 'doas' ? doasFix(survey) : sudoersFix(survey, adminOf(tools, survey));
  return line({
    code: 'rights',
    title: 'Permissions',
    state: 'warns',
    detail: `${by} lets zfs through, but not ${refused.join(', ')}.`,
    evidence: { elevation: tools.elevation, refused },
    fixes: fix === null ? [] : [fix],
  });
}
