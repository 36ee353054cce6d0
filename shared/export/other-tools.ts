/** The same pair for syncoid and zrepl, with what they do otherwise said in comments. */
import type { Host } from '../model/host.ts';
import type { Plan } from '../model/plan.ts';
import { showCommand } from '../zfs/wire.ts';
import { comment } from './shell-text.ts';

export interface Pair {
  readonly plan: Plan;
  readonly source: Host;
  readonly destination: Host;
}

const isTree = ({ request }: Plan): boolean => request.package !== 'single';

/** Letters of `zfs send` that the plan uses, `R`, `i`, `I` and `t` aside. */
function sendLetters(plan: Plan): string[] {
  const send = plan.steps.flatMap((step) => step.commands).find(({ argv }) => argv.includes('send'));
  return ['w', 'L', 'e', 'c'].filter((letter) => send?.argv.includes(`-${letter}`) === true);
}

/** `-o` of the plan's first receive. */
function receivedProperties(plan: Plan): string[] {
  const receive = plan.steps.flatMap((step) => step.commands).find(({ argv }) => argv.includes('receive'));
  return (
    receive?.argv.filter((_, at) => receive.argv[at - 1] === '-o' && !receive.argv[at]?.startsWith('origin=')) ?? []
  );
}

const place = (host: Host, dataset: string): string =>
  host.address.kind === 'local'
    ? dataset
    : `${host.sshAlias ?? `${host.address.user}@${host.address.host}`}:${dataset}`;

const differently = (lines: readonly string[]): string[] => [
  comment('What it does differently from Sluice:'),
  ...lines.map((line) => comment(`- ${line}`)),
];

/** One command line for syncoid 2.2 and later (its `syncoid --help`). */
export function syncoidCommand({ plan, source, destination }: Pair): string {
  const { request } = plan;
  const ssh = [source, destination].flatMap((host) =>
    host.address.kind === 'ssh' && host.sshAlias === null ? [host] : [],
  );
  const ports = new Set(ssh.map(({ address }) => (address.kind === 'ssh' ? address.port : 22)));
  const keys = new Set(ssh.flatMap(({ identityFile }) => identityFile ?? []));
  const [port] = ports;
  const [key] = keys;
  const argv = [
    'syncoid',
    ...(isTree(plan) ? ['--recursive'] : []),
    ...(request.intermediates ? [] : ['--no-stream']),
    '--no-sync-snap',
    '--no-rollback',
    ...(sendLetters(plan).length === 0 ? [] : [`--sendoptions=${sendLetters(plan).join(' ')}`]),
    `--recvoptions=${['u', ...receivedProperties(plan).map((property) => `o ${property}`)].join(' ')}`,
    ...(port === undefined || port === 22 ? [] : [`--sshport=${port}`]),
    ...(key === undefined ? [] : [`--sshkey=${key}`]),
    ...(request.limit === null ? [] : [`--source-bwlimit=${Math.max(Math.floor(request.limit / 1024), 1)}k`]),
    place(source, request.source.dataset),
    place(destination, request.destination.dataset),
  ];
  return [
    comment(
      `${request.source.host}:${request.source.dataset} to ${request.destination.host}:${request.destination.dataset} with syncoid.`,
    ),
    ...differently([
      'it matches snapshots by name and GUID, and holds none while it sends (--use-hold does afterwards)',
      'receive options that only suit an update, or only a new copy, are given every time',
      ...(ports.size > 1 || keys.size > 1
        ? ['the two hosts have different ports or keys; it takes one of each: put them into ~/.ssh/config']
        : []),
      ...(request.source.exclude.length > 0
        ? [`left out here: ${request.source.exclude.join(', ')}; add --exclude-datasets with an expression`]
        : []),
      ...(request.filter === null
        ? []
        : ['the filter of snapshots is not carried over; see --include-snaps and --exclude-snaps']),
    ]),
    showCommand(argv),
    '',
  ].join('\n');
}

/** A double-quoted YAML scalar is written as JSON writes it. */
const yaml = (text: string): string => JSON.stringify(text);

/** Two job files for zrepl 0.6 and later, a `push` at the source and a `sink` at the destination. */
export function zreplJobs(pair: Pair): string {
  const { plan, source, destination } = pair;
  const { request } = plan;
  const root = request.destination.dataset.split('/').slice(0, -1).join('/') || request.destination.dataset;
  return [
    comment(
      `${request.source.host}:${request.source.dataset} to ${request.destination.host} with zrepl, whose daemon runs on both.`,
    ),
    ...differently([
      `the copy is named ${root}/${source.name}/${request.source.dataset}, so this starts a new copy and does not continue the other`,
      'it sends each snapshot by itself, and all that the source has',
      ...(destination.address.kind === 'local'
        ? []
        : [`authorized_keys on ${destination.name} needs: command="zrepl stdinserver ${source.name}",restrict KEY`]),
    ]),
    '',
    comment(`/etc/zrepl/zrepl.yml on ${source.name}`),
    ...pushJob(pair),
    '',
    comment(`/etc/zrepl/zrepl.yml on ${destination.name}`),
    ...sinkJob(pair, root),
    '',
  ].join('\n');
}

function pushJob({ plan, source, destination }: Pair): string[] {
  const { request } = plan;
  const letters = sendLetters(plan);
  const keepAll = (which: string): string[] => [`      ${which}:`, '        - type: regex', '          regex: ".*"'];
  return [
    'jobs:',
    '  - name: sluice_push',
    '    type: push',
    '    connect:',
    ...connection(source, destination),
    '    filesystems:',
    `      ${yaml(`${request.source.dataset}${isTree(plan) ? '<' : ''}`)}: true`,
    ...request.source.exclude.map((left) => `      ${yaml(`${left}<`)}: false`),
    '    send:',
    `      encrypted: ${letters.includes('w')}`,
    ...(letters.includes('w')
      ? []
      : [`      large_blocks: ${letters.includes('L')}`, `      compressed: ${letters.includes('c')}`]),
    ...(request.limit === null
      ? []
      : ['      bandwidth_limit:', `        max: ${yaml(`${Math.round(request.limit)} B`)}`]),
    '    snapshotting:',
    '      type: manual',
    '    pruning:',
    ...keepAll('keep_sender'),
    ...keepAll('keep_receiver'),
  ];
}

function connection(source: Host, { address, identityFile }: Host): string[] {
  if (address.kind === 'local')
    return ['      type: local', '      listener_name: sluice', `      client_identity: ${yaml(source.name)}`];
  return [
    '      type: ssh+stdinserver',
    `      host: ${yaml(address.host)}`,
    `      user: ${yaml(address.user)}`,
    `      port: ${address.port}`,
    `      identity_file: ${yaml(identityFile ?? '/etc/zrepl/ssh/identity')}`,
  ];
}

function sinkJob({ plan, source, destination }: Pair, root: string): string[] {
  const override = receivedProperties(plan).map((property) => {
    const cut = property.indexOf('=');
    return `          ${yaml(property.slice(0, cut))}: ${yaml(property.slice(cut + 1))}`;
  });
  return [
    'jobs:',
    '  - name: sluice_sink',
    '    type: sink',
    '    serve:',
    ...(destination.address.kind === 'local'
      ? ['      type: local', '      listener_name: sluice']
      : ['      type: stdinserver', `      client_identities: [${yaml(source.name)}]`]),
    `    root_fs: ${yaml(root)}`,
    '    recv:',
    '      placeholder:',
    '        encryption: inherit',
    ...(override.length === 0 ? [] : ['      properties:', '        override:', ...override]),
  ];
}
