/** From a decision to a plan: steps with their commands, the stream table, sizes, and the findings that need sizes. */
import { THIS_COMPUTER } from '../model/host.ts';
import { type DatasetName, labelOf } from '../model/names.ts';
import type { Command, Finding, Plan, Step, Stream } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import { snapshotListing } from '../zfs/snapshot-listing.ts';
import type { Decision, PlannedSend } from './decision.ts';
import type { Flags } from './flags.ts';
import { holdSource, keepBase } from './guard-steps.ts';
import { preludeSteps } from './prelude-steps.ts';
import { estimateOf, type Measured, streamsOf } from './sizes.ts';
import { checkSpace } from './space.ts';
import { step } from './step.ts';

/** Only this module makes one, so only what was planned can be run. */
export type PlannedPlan = Plan & { readonly __planned: true };

const rank = { blocks: 0, warns: 1, notes: 2 };

/**
 * @param measured one entry for each of `sizeCommands`; null where it was not asked or not answered
 * @returns the plan; `ready` is false if any finding blocks
 */
export function assemble(decision: Decision, measured: readonly (Measured | null)[]): PlannedPlan {
  const { ends, flags, sends } = decision;
  const outlook = estimateOf(decision, measured);
  const findings: Finding[] = [
    ...decision.findings,
    ...(sends.length > 0 ? checkSpace(ends, decision.target, outlook.toReceive) : []),
  ].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const tables = sends.map((send, at) => streamsOf(decision, send, measured[at] ?? null));
  const works = flags !== null && (sends.length > 0 || decision.prelude.rollBackTo !== null);
  const local = ends.source.host === THIS_COMPUTER && ends.destination.host === THIS_COMPUTER;
  return {
    request: ends.request,
    ready: !findings.some((finding) => finding.severity === 'blocks'),
    package: 'single',
    members: [],
    route: local ? 'local' : 'relay',
    target: ends.request.destination.dataset,
    streams: tables.flat(),
    steps: works ? stepsOf(decision, flags, tables) : [],
    findings,
    losses: [...decision.losses],
    choices: works ? [...flags.sentences] : [],
    estimate: { bytes: outlook.bytes, method: outlook.method },
  } as Plan as PlannedPlan;
}

/** @param tables the rows of the stream table that each send fills */
function stepsOf(decision: Decision, flags: Flags, tables: readonly (readonly Stream[])[]): Step[] {
  let first = 0;
  const sending = decision.sends.map((send, at) => {
    const indexes = (tables[at] ?? []).map((_, index) => first + index);
    first += indexes.length;
    return sendStep(decision, flags, send, indexes);
  });
  return [
    ...preludeSteps(decision, flags),
    ...holdSource(decision),
    ...sending,
    ...(sending.length > 0 ? epilogueSteps(decision, flags) : []),
    verifyStep(decision),
  ];
}

function sendStep(decision: Decision, flags: Flags, send: PlannedSend, indexes: readonly number[]): Step {
  const { source, destination, request } = decision.ends;
  const target = request.destination.dataset;
  const what = send.resumes !== null ? 'Go on with' : send.from.kind === 'nothing' ? 'Copy' : 'Bring';
  const first = send.brings[0];
  const names =
    send.brings.length > 1 && first !== undefined
      ? `${labelOf(first.name)} … ${labelOf(send.snapshot.name)}`
      : labelOf(send.snapshot.name);
  const sending =
    send.resumes === null
      ? zfs.send(source, flags.send, send.from, send.snapshot.name)
      : zfs.sendResume(source, send.resumes.token);
  // A resumed full stream made its dataset with the options of the first attempt; giving them again is refused by nobody.
  const receive = zfs.receive(destination, flags.receive, target);
  return step({
    kind: 'send-receive',
    host: destination.host,
    title: `${what} ${names} to ${target}`,
    commands: [sending, receive],
    streams: indexes,
  });
}

/** After the data: properties that could not be given while receiving, and what keeps the next incremental possible. */
function epilogueSteps(decision: Decision, flags: Flags): Step[] {
  const { destination, request } = decision.ends;
  const target = request.destination.dataset;
  if (decision.goal === null) return [];
  const setting = step({
    kind: 'set-property',
    host: destination.host,
    title: `Set ${flags.setAfter.map(([name, value]) => `${name}=${value}`).join(', ')} on ${target}`,
    commands: flags.setAfter.map(([name, value]) => zfs.setProperty(destination, name, value, target)),
  });
  return [...(flags.setAfter.length > 0 ? [setting] : []), ...keepBase(decision, decision.goal)];
}

function verifyStep(decision: Decision): Step {
  const { source, destination, request } = decision.ends;
  const list = (end: typeof source, dataset: DatasetName): Command => ({
    host: end.host,
    argv: [...snapshotListing(end.zfs, end.elevation, { kind: 'dataset', name: dataset }, () => undefined).argv],
  });
  return step({
    kind: 'verify',
    host: destination.host,
    title: 'Compare GUIDs on both sides and look at the copy’s properties',
    commands: [list(source, request.source.dataset), list(destination, request.destination.dataset)],
  });
}
