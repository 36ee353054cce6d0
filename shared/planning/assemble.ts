/** From decisions to a plan: steps with their commands, the stream table, sizes, and the findings that need sizes. */

import { THIS_COMPUTER } from '../model/host.ts';
import { type DatasetName, datasetOf, isWithin, labelOf, parentOf } from '../model/names.ts';
import type { Command, Finding, Member, Plan, Step, Stream } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import { contentCommands } from '../zfs/content-listing.ts';
import { scopeOf } from '../zfs/dataset-listing.ts';
import { snapshotListing } from '../zfs/snapshot-listing.ts';
import { copyOf, type Decision, type PlannedSend } from './decision.ts';
import { isBlocking } from './findings.ts';
import type { Flags } from './flags.ts';
import { holdSource, keepBase, keepRolledBack } from './guard-steps.ts';
import type { PackageDecision } from './package/decide-package.ts';
import { bySeverity, condense, summarise } from './package/findings.ts';
import { nativePackage } from './package/native.ts';
import { clearingSteps, createParentSteps } from './prelude-steps.ts';
import { estimateOf, type Measured, type Outlook, sizeCommands, streamsOf, totalOf } from './sizes.ts';
import { checkSpace } from './space.ts';
import { step } from './step.ts';

/** Only this module makes one, so only what was planned can be run. */
export type PlannedPlan = Plan & { readonly __planned: true };

/** One dataset of the package with its part of the stream table. */
interface Part {
  readonly decision: Decision;
  readonly flags: Flags | null;
  readonly outlook: Outlook;
  /** The rows that each send fills, and where the first of them stands in the plan's table. */
  readonly tables: readonly { readonly rows: readonly Stream[]; readonly first: number }[];
}

const works = ({ flags, sends, prelude }: Decision): boolean =>
  flags !== null && (sends.length > 0 || prelude.rollBackTo !== null);

/** The commands that tell the sizes of all sends of a package; null for a send whose tool has no dry run. */
export const packageSizeCommands = ({ decisions }: PackageDecision): (Command | null)[] =>
  decisions.flatMap(sizeCommands);

/**
 * @param measured one entry for each of {@link packageSizeCommands}; null where it was not asked or not answered
 * @returns the plan; `ready` is false if any finding blocks
 */
export function assemble(given: PackageDecision, measured: readonly (Measured | null)[]): PlannedPlan {
  const { request, source, destination } = given.world;
  const parts = partsOf(given.decisions, measured);
  const streams = parts.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows));
  const total = totalOf(parts.map(({ outlook }) => outlook));
  const demands = parts
    .filter(({ decision }) => decision.sends.length > 0)
    .map(({ decision, outlook }) => ({
      ends: decision.ends,
      target: decision.target,
      bytes: outlook.toReceive,
    }));
  const findings = summarise(given, checkSpace(demands));
  const active = given.decisions.filter(works);
  const sent = new Set(given.decisions.filter(({ sends }) => sends.length > 0).map(copyOf));
  const local = source.host === THIS_COMPUTER && destination.host === THIS_COMPUTER;
  return {
    request,
    ready: !findings.some(isBlocking),
    package: request.package,
    route: local ? 'local' : 'relay',
    members: parts.map((part) => memberOf(part, sent)),
    target: targetOf(given),
    streams,
    steps: active.length > 0 ? stepsOf(given, parts) : [],
    findings: condense(findings),
    losses: given.decisions.flatMap(({ losses }) => losses),
    choices: [...new Set(active.flatMap(({ flags }) => flags?.sentences ?? []))],
    travel: [],
    estimate: { bytes: total.bytes, method: total.method },
  } as Plan as PlannedPlan;
}

/** A plan with findings that could only be made when its commands were known. */
export function addFindings<P extends Plan>(plan: P, more: readonly Finding[]): P {
  if (more.length === 0) return plan;
  const ready = plan.ready && !more.some(isBlocking);
  return { ...plan, ready, findings: bySeverity([...plan.findings, ...more]) };
}

function partsOf(decisions: readonly Decision[], measured: readonly (Measured | null)[]): Part[] {
  let send = 0;
  let row = 0;
  return decisions.map((decision) => {
    const own = measured.slice(send, send + decision.sends.length);
    send += decision.sends.length;
    const tables = decision.sends.map((one, at) => {
      const rows = streamsOf(decision, one, own[at] ?? null);
      const first = row;
      row += rows.length;
      return { rows, first };
    });
    return { decision, flags: decision.flags, outlook: estimateOf(decision, own), tables };
  });
}

/** The dataset above all copies: the copy of the only tree, or the one they are named below. */
function targetOf({ world, decisions }: PackageDecision): DatasetName {
  const { destination } = world.request;
  const copies = decisions.map(copyOf);
  const top = copies.find((copy) => copies.every((other) => isWithin(other, copy)));
  return destination.naming === 'exact' || top === undefined ? destination.dataset : top;
}

/** @param sent copies that get any stream */
function memberOf({ decision, outlook, tables }: Part, sent: ReadonlySet<DatasetName>): Member {
  const { ends, dataset, findings, sends, target } = decision;
  const copy = copyOf(decision);
  const origin = tables[0]?.rows[0]?.origin ?? null;
  const needs = [parentOf(copy), origin === null ? null : datasetOf(origin)];
  return {
    source: ends.request.source.dataset,
    copy,
    kind: dataset?.kind ?? 'filesystem',
    state: stateOf(),
    after: [...new Set(needs.filter((name) => name !== null))].filter((name) => name !== copy && sent.has(name)),
    bytes: outlook.bytes,
  };

  function stateOf(): Member['state'] {
    if (findings.some(isBlocking)) return 'blocked';
    if (sends.some(({ resumes }) => resumes !== null)) return 'resume';
    if (sends.length === 0 && decision.prelude.rollBackTo === null) return 'up-to-date';
    return target === null ? 'new' : 'update';
  }
}

/**
 * Everything that makes room comes first, then the holds on all that will be sent, then one dataset after the other. A
 * missing parent is created at once, unless it is in a copy that is created later.
 */
function stepsOf(given: PackageDecision, parts: readonly Part[]): Step[] {
  const native = nativePackage(given);
  const acting = parts.filter(({ decision }) => works(decision));
  const copies = acting.map(({ decision }) => copyOf(decision));
  const inside = (parent: DatasetName) => copies.some((copy) => isWithin(parent, copy));
  const parents = (which: (parent: DatasetName) => boolean) => (part: Part) =>
    part.flags === null ? [] : createParentSteps(part.decision, part.flags, which);
  return [
    ...given.taking,
    ...acting.flatMap(({ decision }) => clearingSteps(decision)),
    ...acting.flatMap(parents((parent) => !inside(parent))),
    ...acting.flatMap(({ decision }) => holdSource(decision)),
    ...(native === null
      ? acting.flatMap((part) => [...parents(inside)(part), ...sendSteps(part), ...epilogueSteps(part)])
      : [native, ...acting.map(settingAfter).flatMap(epilogueSteps)]),
    verifyStep(given),
  ];
}

/** A package in one pipe cannot set properties on its copies while receiving. */
const settingAfter = (part: Part): Part =>
  part.flags === null
    ? part
    : { ...part, flags: { ...part.flags, setAfter: [...part.flags.setAfter, ...part.flags.receive.set] } };

const sendSteps = (part: Part): Step[] =>
  part.decision.sends.map((send, at) => sendStep(part, send, part.tables[at] ?? { rows: [], first: 0 }, at));

function sendStep(
  { decision, flags }: Part,
  send: PlannedSend,
  { rows, first }: Part['tables'][number],
  at: number,
): Step {
  const { source, destination } = decision.ends;
  const target = copyOf(decision);
  if (flags === null) throw new Error(`${target} has sends and no flags`);
  const what = send.resumes !== null ? 'Resume' : rows[0]?.type === 'full' ? 'Copy' : 'Bring';
  const oldest = send.brings[0];
  const names =
    send.brings.length > 1 && oldest !== undefined
      ? `${labelOf(oldest.name)} … ${labelOf(send.snapshot.name)}`
      : labelOf(send.snapshot.name);
  const sending =
    send.resumes === null
      ? zfs.send(source, flags.send, send.from, send.snapshot.name)
      : zfs.sendResume(source, send.resumes.token);
  // Properties given when the copy is created must not be given to later streams; a resumed copy is not created again.
  const makes = at === 0 && (decision.target === null || send.resumes !== null);
  const canSet = destination.zfs.capabilities.receive.includes('o');
  const origin = at === 0 && send.resumes === null && canSet ? (decision.origin?.destination ?? null) : null;
  const receive = zfs.receive(destination, makes ? flags.receive : { ...flags.receive, set: [] }, target, origin);
  return step({
    kind: 'send-receive',
    host: destination.host,
    title: `${what} ${names} to ${target}${origin === null ? '' : `, a clone of ${origin}`}`,
    commands: [sending, receive],
    streams: rows.map((_, index) => first + index),
    copy: target,
  });
}

/** After the data: properties that could not be given while receiving, and what keeps the next incremental possible. */
function epilogueSteps({ decision, flags }: Part): Step[] {
  const { destination } = decision.ends;
  const target = copyOf(decision);
  if (decision.goal === null || flags === null) return [];
  if (decision.sends.length === 0) return keepRolledBack(decision);
  const setting = step({
    kind: 'set-property',
    host: destination.host,
    title: `Set ${flags.setAfter.map(([name, value]) => `${name}=${value}`).join(', ')} on ${target}`,
    commands: flags.setAfter.map(([name, value]) => zfs.setProperty(destination, name, value, target)),
    copy: target,
  });
  return [...(flags.setAfter.length > 0 ? [setting] : []), ...keepBase(decision, decision.goal)];
}

/** What the proof reads: the source's snapshots; at the destination also what the copies are. */
function verifyStep(given: PackageDecision): Step {
  const { source, destination } = given.world;
  const originals = scopeOf(given.decisions.map(({ ends }) => ends.request.source.dataset));
  const copies = scopeOf(given.decisions.map(copyOf));
  const atSource = snapshotListing(source.zfs, source.elevation, originals, () => undefined).argv;
  const atDestination = contentCommands(destination.zfs, destination.elevation, copies);
  return step({
    kind: 'verify',
    host: destination.host,
    title: 'Compare GUIDs on both sides and check the copy’s properties',
    commands: [
      { host: source.host, argv: [...atSource] },
      ...atDestination.map((argv) => ({ host: destination.host, argv })),
    ],
  });
}
