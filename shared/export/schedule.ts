/** Units for systemd and a line for cron that replicate the same pair every night. */
import type { ReplicationRequest } from '../model/request.ts';
import { showCommand } from '../zfs/wire.ts';
import { runArguments } from './command-line.ts';
import { comment } from './shell-text.ts';

/** Two pairs never get the same name: letters, digits and hyphens of both ends. */
const unitName = ({ source, destination }: ReplicationRequest): string =>
  `sluice-${[source.host, source.dataset, destination.host, destination.dataset]
    .map((part) => part.replaceAll(/[^A-Za-z0-9]+/g, '-'))
    .join('_')}`.slice(0, 200);

const pairOf = ({ source, destination }: ReplicationRequest): string =>
  `${source.host}:${source.dataset} to ${destination.host}:${destination.dataset}`;

/** As systemd.service(5) reads an argument: `%` begins a specifier, `$` a variable, `\` an escape. */
const quoteForSystemd = (argument: string): string =>
  /^[A-Za-z0-9_@+=:,./-]+$/.test(argument)
    ? argument
    : `"${argument.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

const ADVICE = [
  'No agent and nobody who could answer is there: the hosts need an identity file without passphrase, or this computer’s own.',
  'A run that was cut goes on with the next one. Nothing is deleted: what stands in the way ends the run with exit code 2.',
];

/**
 * @param program how `sluice` is called on this computer, the folder of its state included
 * @returns two unit files in one text, each under a comment that says where it belongs
 */
export function systemdUnits(request: ReplicationRequest, program: readonly string[]): string {
  const name = unitName(request);
  const pair = pairOf(request).replaceAll('%', '%%');
  return [
    ...ADVICE.map(comment),
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
    `ExecStart=${[...program, ...runArguments(request)].map(quoteForSystemd).join(' ')}`,
    '',
    comment(`~/.config/systemd/user/${name}.timer`),
    '[Unit]',
    `Description=Replicate ${pair} every night`,
    '',
    '[Timer]',
    'OnCalendar=*-*-* 02:17:00',
    'RandomizedDelaySec=15min',
    comment('What was missed while the computer was off is made up for.'),
    'Persistent=true',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}

/** @param program how `sluice` is called on this computer */
export function crontabLine(request: ReplicationRequest, program: readonly string[]): string {
  // crontab(5): an unescaped % ends the command.
  const command = showCommand([...program, ...runArguments(request)]).replaceAll('%', '\\%');
  return [
    ...ADVICE.map(comment),
    comment(`For crontab -e: ${pairOf(request)}, every night at 02:17.`),
    `17 2 * * * ${command}`,
    '',
  ].join('\n');
}
