/** Units for systemd and a line for cron that replicate the same pair every night. */
import { digestOf } from '../model/digest.ts';
import type { ReplicationRequest } from '../model/request.ts';
import { showCommand } from '../zfs/wire.ts';
import { notCarried, runArguments, type Typed } from './command-line.ts';
import { comment } from './shell-text.ts';

/** What stands for the program where the command line is nowhere that a schedule could call it. */
export const NO_PROGRAM = ['/PATH/TO/node', '/PATH/TO/sluice/dist/cli.js'] as const;

/** Letters, digits and hyphens of both ends, for people; the digest keeps `my/home` and `my-home` apart. */
function unitName({ source, destination }: ReplicationRequest): string {
  const parts = [source.host, source.dataset, destination.host, destination.dataset];
  const readable = parts.map((part) => part.replaceAll(/[^A-Za-z0-9]+/g, '-')).join('_');
  return `sluice-${readable.slice(0, 180)}-${digestOf(JSON.stringify(parts))}`;
}

const pairOf = ({ source, destination }: ReplicationRequest): string =>
  `${source.host}:${source.dataset} to ${destination.host}:${destination.dataset}`;

/** As systemd.service(5) reads an argument: `%` begins a specifier, `$` a variable, `\` an escape. */
const quoteForSystemd = (argument: string): string =>
  /^[A-Za-z0-9_@+=:,./-]+$/.test(argument)
    ? argument
    : `"${argument.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

const ADVICE = [
  'There is no agent and nobody to answer: the hosts need an identity file without passphrase, or this computer’s own.',
  'An interrupted run is resumed by the next one. Nothing is deleted: whatever is in the way ends the run with exit code 2.',
];

/** What whoever sets it up has to know, or do first. */
const remarks = (request: ReplicationRequest, program: readonly string[], typed: Typed): string[] =>
  [
    ...(program[0] === NO_PROGRAM[0]
      ? [
          'FIRST: the installed application answers no command line, and its `sluice` only opens the window. Get Sluice’s source,',
          `run \`npm run build\` there, and put the paths of a Node 24 and of its dist/cli.js in place of ${NO_PROGRAM.join(' ')}.`,
        ]
      : []),
    ...ADVICE,
    ...notCarried(request, typed),
  ].map(comment);

/**
 * @param program how `sluice` is called on this computer, the folder of its state included
 * @returns two unit files in one text, each under a comment that says where it belongs
 */
export function systemdUnits(request: ReplicationRequest, program: readonly string[], typed: Typed = {}): string {
  const name = unitName(request);
  const pair = pairOf(request).replaceAll('%', '%%');
  return [
    ...remarks(request, program, typed),
    comment(`Afterwards: systemctl --user daemon-reload && systemctl --user enable --now ${name}.timer`),
    comment('and, so that it runs while nobody is logged in: loginctl enable-linger'),
    '',
    comment(`~/.config/systemd/user/${name}.service`),
    '[Unit]',
    `Description=Replicate ${pair}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${[...program, ...runArguments(request, typed)].map(quoteForSystemd).join(' ')}`,
    '',
    comment(`~/.config/systemd/user/${name}.timer`),
    '[Unit]',
    `Description=Replicate ${pair} every night`,
    '',
    '[Timer]',
    'OnCalendar=*-*-* 02:17:00',
    'RandomizedDelaySec=15min',
    comment('Runs missed while the computer was off are caught up on.'),
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}

/** @param program how `sluice` is called on this computer, the folder of its state included */
export function crontabLine(request: ReplicationRequest, program: readonly string[], typed: Typed = {}): string {
  // crontab(5): an unescaped % ends the command.
  const command = showCommand([...program, ...runArguments(request, typed)]).replaceAll('%', '\\%');
  return [
    ...remarks(request, program, typed),
    comment(`For crontab -e: ${pairOf(request)}, every night at 02:17.`),
    `17 2 * * * ${command}`,
    '',
  ].join('\n');
}
