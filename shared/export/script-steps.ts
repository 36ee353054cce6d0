/** One step of a plan as lines of a shell script that can be run again: what is done already is found out and left alone. */
import { type DatasetName, labelOf, snapshotOf } from '../model/names.ts';
import type { Command, Plan, Step, Stream } from '../model/plan.ts';
import { quote, showCommand } from '../zfs/wire.ts';
import { comment, fail, indent, onSide, type ShellSide, say } from './shell-text.ts';

export interface ScriptPlan {
  readonly plan: Plan;
  /** Tokens of half-received streams that the plan throws away, by the dataset they wait at. */
  readonly partials: ReadonlyMap<string, string>;
}

const sideOf = (plan: Plan, host: string): ShellSide => (host === plan.request.destination.host ? 'dst' : 'src');

/** What stands before `zfs` on that side (`sudo -n`), for the script's own questions. */
export function elevationOf(plan: Plan, side: ShellSide): readonly string[] {
  const host = side === 'src' ? plan.request.source.host : plan.request.destination.host;
  const command = plan.steps.flatMap((step) => step.commands).find((one) => one.host === host);
  return command?.argv.slice(0, Math.max(command.argv.indexOf('zfs'), 0)) ?? [];
}

const arrived = (stream: Stream): string => quote(snapshotOf(stream.target, labelOf(stream.snapshot)));
const guidOf = (stream: Stream): string => stream.guid ?? `"$(src_guid ${quote(stream.snapshot)})"`;
const has = (stream: Stream): string => `has ${arrived(stream)} ${guidOf(stream)}`;
const block = (condition: string, then: readonly string[], otherwise: readonly string[]): string[] => [
  `if ${condition}; then`,
  ...indent(then),
  ...(otherwise.length === 0 ? [] : ['else', ...indent(otherwise)]),
  'fi',
];

/** What stands between the two on the route of a run is of no use to a script, which has its own way. */
const sendOf = ({ commands: [send] }: Step): Command | undefined =>
  send === undefined ? undefined : { ...send, argv: send.argv.filter((word) => word !== '-vP') };
const receiveOf = ({ commands }: Step): Command | undefined => commands.at(-1);

const resumes = (step: Step): boolean => step.kind === 'send-receive' && receiveOf(step)?.argv.includes('-s') === true;
export const anyResumes = (plan: Plan): boolean => plan.steps.some(resumes);
const usesToken = (command: Command): boolean => command.argv[command.argv.indexOf('send') + 1] === '-t';

function transfer(plan: Plan, step: Step): string[] {
  const streams = step.streams.flatMap((index) => plan.streams[index] ?? []);
  const [sending, receiving] = [sendOf(step), receiveOf(step)];
  const [first] = streams;
  const goal = streams.at(-1);
  if (sending === undefined || receiving === undefined || first === undefined || goal === undefined) return [];
  const target = quote(goal.target);
  const carry = (send: string): string =>
    `${send} |${plan.request.limit === null ? '' : ' slowly |'} ${onSide('dst', receiving)}`;
  const addsTo = first.type === 'incr' && first.origin === null && !usesToken(sending);
  const again = `src ${showCommand([...elevationOf(plan, 'src'), 'zfs', 'send', '-t'])} "$(token_at ${target})"`;
  const resume = [
    `case $(half_at ${target}) in`,
    "  '') ;;",
    `  ${streams.map((stream) => quote(stream.snapshot)).join('|')})`,
    `    ${say(`Resuming the half-received stream of ${goal.target}.`)}`,
    `    ${carry(again)} ;;`,
    `  *) ${fail(`${goal.target} has a half-received stream of something else; look at it before anything is sent there.`)} ;;`,
    'esac',
  ];
  const send = carry(onSide('src', sending));
  const missing = `${goal.target} has nothing left to resume; plan again.`;
  return block(
    has(goal),
    [say(`${snapshotOf(goal.target, labelOf(goal.snapshot))} is there already.`)],
    [
      ...(goal.guid === null
        ? []
        : [
            `[ "$(src_guid ${quote(goal.snapshot)})" = ${goal.guid} ] ||`,
            `  ${fail(`${goal.snapshot} is no longer the snapshot that this script was written for.`)}`,
          ]),
      // Early tools receive an incremental stream into any dataset that has its base if the name does not exist.
      ...(addsTo ? [`exists ${target} || ${fail(`${goal.target} does not exist any more; plan again.`)}`] : []),
      ...(resumes(step) ? resume : []),
      `${has(goal)} || ${usesToken(sending) ? fail(missing) : '{'}`,
      ...(usesToken(sending) ? [] : [`  ${send}`, '}']),
      `${has(goal)} || ${fail(`${snapshotOf(goal.target, labelOf(goal.snapshot))} has not arrived.`)}`,
    ],
  );
}

const lastOf = (command: Command): string => command.argv.at(-1) ?? '';

/** Let go of are holds of ours that forbid a roll-back: as part of that, so that they stay where it is not done. */
const isPartOfRollBack = ({ kind, essential }: Step): boolean => kind === 'release' && essential;
const releasesBefore = ({ plan }: ScriptPlan, { kind, copy }: Step): Step[] =>
  kind === 'roll-back' ? plan.steps.filter((one) => isPartOfRollBack(one) && one.copy === copy) : [];

/** Only what was named when the plan was made may go, and nothing that this script has brought. */
function rollBack(script: ScriptPlan, step: Step, command: Command): string[] {
  const { plan } = script;
  const base = lastOf(command);
  const target = base.slice(0, base.indexOf('@')) as DatasetName;
  const brought = plan.streams.filter((stream) => stream.target === target);
  const from = brought[0]?.fromGuid ?? null;
  const releases = releasesBefore(script, step);
  const gone = fail(`${base} is gone, or could not be looked for; plan again.`);
  const act = [
    ...(from === null ? [] : [`has ${quote(base)} ${from} || ${gone}`]),
    `newer=$(newer_than ${quote(target)} ${quote(base)}) || ${gone}`,
    `[ -z "$newer" ] || [ "$newer" = ${quote(doomedAt(plan, target))} ] ||`,
    `  ${fail(`${target} has other snapshots than when this script was written; plan again.`)}`,
    ...writtenGuard(plan, target),
    ...releases.flatMap(({ commands }) => commands.map((one) => `[ -z "$newer" ] || try ${onSide('dst', one)}`)),
    onSide('dst', command),
  ];
  if (brought.length === 0) return act;
  return block(brought.map(has).join(' || '), [say(`${target} was rolled back before.`)], act);
}

/** Snapshots and bookmarks as `newer_than` prints them. */
function doomedAt({ losses }: Plan, target: DatasetName): string {
  const own = losses.filter(
    ({ what, name }) =>
      (what === 'snapshot' && name.startsWith(`${target}@`)) || (what === 'bookmark' && name.startsWith(`${target}#`)),
  );
  return own
    .map(({ name, guid }) => `${guid ?? 'unknown'} ${name}`)
    .sort()
    .join('\n');
}

/** Where ZFS does not tell what was written, the plan has said so. */
function writtenGuard({ losses }: Plan, target: DatasetName): string[] {
  const known = losses.find(({ what, name }) => what === 'changes' && name === target);
  if (known?.bytes === null) return [];
  const more = `More was written to ${target} than when this script was written; plan again.`;
  return [`wrote_at_most ${known?.bytes ?? 0} ${quote(target)} || ${fail(more)}`];
}

/** Thrown away is the half-received stream that was shown, never one that this script began. */
function discard({ partials }: ScriptPlan, command: Command): string[] {
  const target = lastOf(command);
  const token = partials.get(target) ?? '';
  return [`[ "$(token_at ${quote(target)})" != ${quote(token)} ] || ${onSide('dst', command)}`];
}

/**
 * Renamed is the dataset that stood there when the plan was made. Neither name tells whether that was done: the old copy may be
 * destroyed once the new one is there, and both may have the snapshots that are sent.
 */
function setAside({ moves, copy }: Step, command: Command, run: string): string[] {
  if (copy === null || moves === undefined) return [`exists ${quote(lastOf(command))} || ${run}`];
  return block(`[ "$(dst_guid ${quote(copy)})" = ${moves} ]`, [run], [say(`${copy} was set aside before.`)]);
}

/** An end and a copy: where a hold is refused, nothing older is let go of. */
const spotOf = ({ members }: Plan, side: ShellSide, { copy }: Step): string =>
  `${side}${members.findIndex((member) => member.copy === copy) + 1}`;

function linesFor(script: ScriptPlan, step: Step): string[] {
  const { plan } = script;
  if (step.kind === 'send-receive') return transfer(plan, step);
  return step.commands.flatMap((command) => {
    const side = sideOf(plan, command.host);
    const run = onSide(side, command);
    switch (step.kind) {
      case 'roll-back':
        return rollBack(script, step, command);
      case 'discard-partial':
        return discard(script, command);
      case 'set-aside':
        return setAside(step, command, run);
      case 'create-parent':
        return [`exists ${quote(lastOf(command))} || ${run}`];
      case 'snapshot':
        return [`[ -n "$(src_guid ${quote(lastOf(command))})" ] || ${run}`];
      case 'hold':
      case 'release':
        return [`${step.kind} ${spotOf(plan, side, step)} ${run}`];
      default:
        return [step.essential ? run : `try ${run}`];
    }
  });
}

/** @returns the step's title as a comment, then its lines; nothing for the proof, which the script ends with in its own way */
export function stepLines(script: ScriptPlan, step: Step): string[] {
  if (step.kind === 'verify' || step.kind === 'authorize' || step.kind === 'revoke') return [];
  if (isPartOfRollBack(step)) return [];
  const before = releasesBefore(script, step).map(({ title }) => comment(title));
  return [
    ...before,
    comment(`${step.destructive ? 'DELETES DATA: ' : ''}${step.title}`),
    ...linesFor(script, step),
    '',
  ];
}

/** One line a copy: the GUIDs of both ends' snapshots are read again and compared. */
export function proofLines(plan: Plan): string[] {
  const last = new Map(plan.streams.map((stream) => [stream.target, stream]));
  return [...last.values()].map((stream) => `same ${quote(stream.snapshot)} ${arrived(stream)}`);
}
