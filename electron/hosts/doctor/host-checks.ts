/** What the doctor says of a host that can be logged in to: shell, ZFS, pools, clock, tools, limits. */
import { spokenBytes } from '../../../shared/model/bytes.ts';
import type { Failure } from '../../../shared/model/failure.ts';
import type { Inventory, Zfs } from '../../../shared/model/inventory.ts';
import { showZfs } from '../../../shared/zfs/capabilities.ts';
import { doasFix, sudoersFix } from './elevated-rights.ts';
import { type Admin, asAdmin, byHand, type Finding, line } from './line.ts';
import type { Survey } from './survey.ts';

const POSIX_SHELLS = /(^|\/)(sh|bash|dash|ash|ksh\d*|mksh|zsh|busybox)$/;
/** Seconds of difference that change the order of snapshots in people's eyes. */
const CLOCK_NOTES = 5;
/** Connections of a run and of the window share a host's limit. */
const FEW_SESSIONS = 10;

/**
 * sshd hands every command to the account's own shell.
 *
 * @param user the login user, where the shell does not say
 */
export function shellCheck(survey: Survey, user: string): Finding {
  if (!survey.runs) {
    return line({
      code: 'shell',
      title: 'Login shell',
      state: 'blocks',
      detail: `The account's login shell does not run /bin/sh: ${survey.shellStderr || 'it says nothing'}.`,
      evidence: { shell: survey.shell, said: survey.shellStderr },
      fixes: [
        byHand(
          'login-shell',
          'Give the account a shell that runs commands',
          `sudo chsh -s /bin/sh ${survey.user || user}`,
        ),
      ],
    });
  }
  const name = survey.shell ?? 'unknown';
  const usual = survey.shell !== null && POSIX_SHELLS.test(survey.shell);
  return line({
    code: 'shell',
    title: 'Login shell',
    detail: usual
      ? `${name} runs commands.`
      : `${name} is not a POSIX shell; every command is run by /bin/sh inside it, which works.`,
    evidence: { shell: survey.shell },
  });
}

/** Linux: "The ZFS modules cannot be auto-loaded. Try running 'modprobe zfs' as root to manually load them." */
const NO_MODULE =
  /modules? (cannot|are not|could not) be? ?(auto-)?load|modprobe zfs|Failed to initialize the libzfs library|\/dev\/zfs.*No such file|kldload/i;
/** "Permission denied the ZFS utilities must be run as root."; zfs-fuse: "connect: Permission denied" */
const NO_DEVICE = /must be run as root|connect: Permission denied/i;

/** The tools are there, but they do not work for the user who is logged in. */
export function unreachable(survey: Survey, admin: Admin): Finding {
  const said = survey.zfsList?.stderr.trim() ?? '';
  return NO_DEVICE.test(said) ? closedToUsers(survey, said, admin) : moduleMissing(said, admin);
}

function closedToUsers(survey: Survey, said: string, admin: Admin): Finding {
  const elevated = [sudoersFix(survey, admin), doasFix(survey)].flatMap((fix) => fix ?? []);
  const opened = asAdmin(
    'open-device',
    'Let all users reach /dev/zfs; ZFS decides what they may do there',
    ['chmod', '0666', '/dev/zfs'],
    admin,
  );
  return line({
    code: 'zfs-device',
    title: 'ZFS for users',
    state: 'blocks',
    detail: `This host shows ZFS only to root: ${said.split('\n')[0]}`,
    evidence: { said },
    fixes: /^connect: /.test(said) ? elevated : [opened, ...elevated],
  });
}

function moduleMissing(said: string, admin: Admin): Finding {
  const freebsd = /kldload/.test(said);
  return line({
    code: 'zfs-module',
    title: 'ZFS kernel module',
    state: 'blocks',
    detail: `The tools are installed, but they do not reach ZFS in the kernel: ${said.split('\n')[0]}`,
    evidence: { said },
    fixes: [
      asAdmin('load-module', 'Load the kernel module', freebsd ? ['kldload', 'zfs'] : ['modprobe', 'zfs'], admin),
    ],
  });
}

/** @param elevated commands run with more rights than the user's own */
export function moduleCheck(survey: Survey, zfs: Zfs, admin: Admin, elevated: boolean): Finding {
  const said = survey.zfsList?.stderr.trim() ?? '';
  const well = survey.zfsList?.status === 0 || said === '' || said === 'no datasets available';
  if (well || (elevated && NO_DEVICE.test(said))) {
    const kernel = zfs.kernel === null ? '' : ` Its kernel module is ${zfs.kernel}.`;
    return line({
      code: 'zfs',
      title: 'ZFS',
      detail: `${showZfs(zfs)} on ${zfs.system}.${kernel}`,
      evidence: { dialect: zfs.dialect, version: zfs.version, kernel: zfs.kernel },
    });
  }
  if (NO_MODULE.test(said) || NO_DEVICE.test(said)) return unreachable(survey, admin);
  return line({
    code: 'zfs',
    title: 'ZFS',
    state: 'warns',
    detail: `${showZfs(zfs)}: zfs list says ${said.split('\n')[0]}`,
    evidence: { said },
  });
}

export function resumeCheck(zfs: Zfs): Finding {
  const resumable = zfs.capabilities.send.includes('t') && zfs.capabilities.receive.includes('s');
  return line({
    code: 'resume',
    title: 'Resumable streams',
    state: resumable ? 'ok' : 'notes',
    detail: resumable
      ? 'An interrupted stream resumes where it stopped.'
      : 'This ZFS cannot resume: an interrupted stream starts over.',
  });
}

export function poolChecks(inventory: Inventory): Finding[] {
  if (inventory.pools.length === 0) {
    return [line({ code: 'pools', title: 'Pools', state: 'warns', detail: 'No pool is imported.' })];
  }
  return inventory.pools.map((pool) => {
    const root = inventory.datasets.find((dataset) => dataset.name === pool.name);
    const room = root?.available ?? pool.free;
    const features = Object.entries(pool.features).filter(([, state]) => state === 'disabled');
    return line({
      code: `pool-${pool.name}`,
      title: `Pool ${pool.name}`,
      state: pool.health === 'ONLINE' && !pool.readonly ? 'ok' : 'warns',
      detail: `${pool.health}${pool.readonly ? ', imported read-only' : ''}${room === null ? '' : `, ${spokenBytes(room)} available`}${features.length === 0 ? '' : `; without ${features.map(([name]) => name).join(', ')}`}.`,
      evidence: { health: pool.health, available: room, features: pool.features },
    });
  });
}

export function clockCheck({ clockSeconds }: Survey): Finding | null {
  if (clockSeconds === null) return null;
  const off = Math.abs(clockSeconds);
  return line({
    code: 'clock',
    title: 'Clock',
    state: off > CLOCK_NOTES ? 'notes' : 'ok',
    detail:
      off > CLOCK_NOTES
        ? `The clock is ${off} s ${clockSeconds > 0 ? 'ahead of' : 'behind'} this computer's. Sluice goes by GUIDs, but times of snapshots will look odd.`
        : 'The clock agrees with this computer.',
    evidence: { seconds: clockSeconds },
    ...(off > CLOCK_NOTES
      ? { fixes: [byHand('clock', 'Set the clock by the network', 'sudo timedatectl set-ntp true')] }
      : {}),
  });
}

export function toolsCheck({ tools }: Survey): Finding {
  const paths = Object.entries(tools);
  const outside = ['zfs', 'zpool'].flatMap((name) =>
    tools[name] === undefined ? [] : [`${name} is ${tools[name]?.path}`],
  );
  const extra = ['mbuffer', 'pv', 'zstd', 'lz4'].filter((name) => tools[name] !== undefined);
  return line({
    code: 'tools',
    title: 'Tools',
    detail: [
      ...(outside.length === 0 ? [] : [`${outside.join(', ')}.`]),
      extra.length === 0
        ? 'None of mbuffer, pv, zstd, lz4 was found, and none is needed.'
        : `Found: ${extra.join(', ')}.`,
      ...(tools.ssh === undefined ? ['No ssh, so no direct route from here.'] : []),
    ].join(' '),
    evidence: Object.fromEntries(paths.map(([name, { path }]) => [name, path])),
  });
}

/** Only root is told, also through sudo. */
export function serverChecks({ sshd }: Survey): Finding[] {
  if (sshd === null) {
    const detail =
      'The server shows its limits (MaxSessions, AllowAgentForwarding) only to root; Sluice stays within the usual ones.';
    return [line({ code: 'sessions', title: 'SSH sessions', detail, evidence: { maxSessions: null } })];
  }
  const sessions = Number(sshd.get('maxsessions'));
  const forwarding = sshd.get('allowagentforwarding');
  return [
    line({
      code: 'sessions',
      title: 'SSH sessions',
      state: sessions < FEW_SESSIONS ? 'notes' : 'ok',
      detail: `${sessions} commands at once on a connection (MaxSessions).`,
      evidence: { maxSessions: sessions },
    }),
    line({
      code: 'agent-forwarding',
      title: 'Agent forwarding',
      state: forwarding === 'no' ? 'notes' : 'ok',
      detail:
        forwarding === 'no'
          ? 'The server forbids it (AllowAgentForwarding no), so this host cannot send directly to another.'
          : 'Allowed, as the direct route needs it.',
      evidence: { allowAgentForwarding: forwarding ?? null },
    }),
  ];
}

export function transfersCheck({ transfers }: Survey): Finding | null {
  if (transfers.length === 0) return null;
  return line({
    code: 'transfers',
    title: 'Other transfers',
    state: 'notes',
    detail: `Under way at this moment: ${transfers.slice(0, 5).join('; ')}${transfers.length > 5 ? '; and more' : ''}.`,
    evidence: { transfers },
  });
}

/** What stopped the check half-way. */
export const faultCheck = (fault: Failure): Finding =>
  line({
    code: fault.code,
    title: fault.message,
    state: 'blocks',
    detail: [fault.cause, fault.next].filter((text) => text !== '').join(' '),
    evidence: fault.evidence,
  });
