/** From a decision to a plan: steps with their commands, the stream table, sizes, and the findings that need sizes. */

import { THIS_COMPUTER } from '../model/host.ts';
import {
  type BookmarkName,
  bookmarkOf,
  type DatasetName,
  labelOf,
  parseBookmarkName,
  parseLabel,
  type SnapshotName,
  snapshotOf,
} from '../model/names.ts';
import type { Command, Estimate, Finding, Plan, Step, Stream } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import { snapshotListing } from '../zfs/listing.ts';
import type { Decision, PlannedSend } from './decide.ts';
import type { Flags } from './flags.ts';
import { checkSpace } from './preflight.ts';

/** What a host said of a send's size, in bytes; null: it could not say. */
export interface Measured {
  readonly total: number | null;
  /** One for each stream of the send, where the tool lists them. */
  readonly parts: readonly (number | null)[];
}

/** Only this module makes one, so only what was planned can be run. */
export type PlannedPlan = Plan & { readonly __planned: true };

/** The commands that tell the sizes of the decision's sends; null for a send whose tool has no dry run. */
export function sizeCommands(decision: Decision): (Command | null)[] {
  const { source } = decision.ends;
  return decision.sends.map((send) => {
    if (!source.zfs.capabilities.send.includes('n') || decision.flags === null) return null;
    if (send.resumes !== null) return zfs.sendResumeSize(source, send.resumes.token);
    return zfs.sendSize(source, decision.flags.send, send.from, send.snapshot.name);
  });
}

/** The tag of our holds at the source: one for each destination, so that two copies never release each other's. */
export const sourceTag = (decision: Decision): string =>
  `sluice:to:${decision.ends.destination.host}:${decision.ends.request.destination.dataset}`;
export const destinationTag = (decision: Decision): string =>
  `sluice:from:${decision.ends.source.host}:${decision.ends.request.source.dataset}`;

function streamsOf(decision: Decision, send: PlannedSend, measured: Measured | null): Stream[] {
  const { request } = decision.ends;
  const already = send.resumes?.bytes ?? 0;
  let from: { name: string; guid: string | null } | null =
    send.from.kind === 'nothing' ? null : { name: send.from.name, guid: send.fromGuid };
  return send.brings.map((snapshot, at) => {
    const single = send.brings.length === 1;
    const told = single ? (measured?.total ?? null) : (measured?.parts[at] ?? null);
    const stream: Stream = {
      type: from === null ? 'full' : 'incr',
      snapshot: snapshot.name,
      guid: snapshot.guid,
      from: from?.name ?? null,
      fromGuid: from?.guid ?? null,
      target: request.destination.dataset,
      bytes: told === null ? null : told + already,
      alreadyReceived: already,
    };
    from = { name: snapshot.name, guid: snapshot.guid };
    return stream;
  });
}

function estimateOf(
  decision: Decision,
  measured: readonly (Measured | null)[],
): Estimate & { readonly toReceive: number | null } {
  if (decision.sends.length === 0) return { bytes: 0, method: 'nothing to send', toReceive: 0 };
  const already = decision.sends.reduce((sum, send) => sum + (send.resumes?.bytes ?? 0), 0);
  const told = measured.map((one) => one?.total ?? null);
  if (told.every((bytes) => bytes !== null)) {
    const toReceive = told.reduce((sum, bytes) => sum + bytes, 0);
    return {
      bytes: toReceive + already,
      toReceive,
      method: 'zfs send -nvP with the same flags; updates of many small files can be far larger',
    };
  }
  const [only] = decision.sends;
  if (
    decision.sends.length === 1 &&
    only?.from.kind === 'nothing' &&
    only.resumes === null &&
    only.snapshot.referenced !== null
  ) {
    return {
      bytes: only.snapshot.referenced,
      toReceive: only.snapshot.referenced,
      method: 'the space the snapshot refers to, since this ZFS cannot tell the size of a stream',
    };
  }
  return { bytes: null, toReceive: null, method: 'this ZFS cannot tell the size of an incremental stream' };
}

interface StepParts {
  readonly kind: Step['kind'];
  readonly host: string;
  readonly title: string;
  readonly commands: readonly Command[];
  readonly destructive?: boolean;
  readonly streams?: readonly number[];
  readonly essential?: boolean;
}

const step = (parts: StepParts): Step => ({
  kind: parts.kind,
  host: parts.host,
  title: parts.title,
  commands: [...parts.commands],
  destructive: parts.destructive ?? false,
  streams: [...(parts.streams ?? [])],
  essential: parts.essential ?? true,
});

/** What has to change at the destination before a stream can come. */
function preludeSteps(decision: Decision, flags: Flags): Step[] {
  const { prelude } = decision;
  const { request, destination } = decision.ends;
  const target = request.destination.dataset;
  const at = { host: destination.host };
  const steps: Step[] = [];
  if (prelude.discard !== null) {
    steps.push(
      step({
        ...at,
        kind: 'discard-partial',
        title: `Discard the half-received stream of ${target}`,
        commands: [zfs.abortReceive(destination, target)],
        destructive: true,
      }),
    );
  }
  if (prelude.setAside !== null) {
    steps.push(
      step({
        ...at,
        kind: 'set-aside',
        title: `Rename ${target} to ${prelude.setAside}`,
        commands: [zfs.rename(destination, target, prelude.setAside)],
      }),
    );
  }
  if (prelude.rollBackTo !== null) {
    steps.push(
      step({
        ...at,
        kind: 'roll-back',
        title: `Roll ${target} back to ${labelOf(prelude.rollBackTo.name)}`,
        commands: [zfs.rollback(destination, prelude.rollBackTo.name)],
        destructive: true,
      }),
    );
  }
  for (const parent of prelude.createParents) {
    const properties = [
      ...(destination.zfs.dialect === 'legacy' ? [] : [['canmount', 'off'] as const]),
      ...(flags.receive.set.some(([name]) => name === 'readonly') ? [['readonly', 'on'] as const] : []),
    ];
    steps.push(
      step({
        ...at,
        kind: 'create-parent',
        title: `Create ${parent}`,
        commands: [zfs.createParent(destination, parent, properties)],
      }),
    );
  }
  return steps;
}

function holdSource(decision: Decision): Step[] {
  const { source } = decision.ends;
  if (!source.zfs.capabilities.holds) return [];
  const wanted = new Set<SnapshotName>(
    decision.sends.flatMap((send) => [
      ...(send.from.kind === 'nothing' || !send.from.name.includes('@') ? [] : [send.from.name as SnapshotName]),
      send.snapshot.name,
    ]),
  );
  const snapshots = [...wanted];
  if (snapshots.length === 0) return [];
  return [
    step({
      kind: 'hold',
      host: source.host,
      title: `Hold ${snapshots.map(labelOf).join(' and ')} at the source, so that nothing destroys ${snapshots.length === 1 ? 'it' : 'them'} meanwhile`,
      commands: snapshots.map((snapshot) => zfs.hold(source, sourceTag(decision), [snapshot])),
      essential: false,
    }),
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
  const { source, destination, request } = decision.ends;
  const target = request.destination.dataset;
  const goal = decision.goal;
  if (goal === null) return [];
  const steps: Step[] = [];
  if (flags.setAfter.length > 0) {
    steps.push(
      step({
        kind: 'set-property',
        host: destination.host,
        title: `Set ${flags.setAfter.map(([name, value]) => `${name}=${value}`).join(', ')} on ${target}`,
        commands: flags.setAfter.map(([name, value]) => zfs.setProperty(destination, name, value, target)),
      }),
    );
  }
  const arrived = snapshotOf(target, labelOf(goal.name));
  const bookmark = newBookmark(decision, goal.name, goal.guid);
  if (bookmark !== null) {
    steps.push(
      step({
        kind: 'bookmark',
        host: source.host,
        title: `Bookmark ${labelOf(goal.name)} at the source, so that the next update is possible even without it`,
        commands: [zfs.bookmark(source, goal.name, bookmark)],
        essential: false,
      }),
    );
  }
  if (destination.zfs.capabilities.holds) {
    steps.push(
      step({
        kind: 'hold',
        host: destination.host,
        title: `Hold ${labelOf(goal.name)} at the destination: the next update starts from it`,
        commands: [zfs.hold(destination, destinationTag(decision), [arrived])],
        essential: false,
      }),
    );
  }
  steps.push(...releaseSteps(decision, goal.guid));
  return steps;
}

function newBookmark(decision: Decision, snapshot: SnapshotName, guid: string): BookmarkName | null {
  const { source, request } = decision.ends;
  if (!source.zfs.capabilities.bookmarks || source.bookmarks.some((bookmark) => bookmark.guid === guid)) return null;
  const label = parseLabel(`sluice-${labelOf(snapshot)}`);
  if (!label.ok) return null;
  const name = bookmarkOf(request.source.dataset, label.value);
  const taken = source.bookmarks.some((bookmark) => bookmark.name === name);
  const unique = taken ? `${name}-${guid.slice(-6)}` : name;
  const parsed = parseBookmarkName(unique);
  return parsed.ok ? parsed.value : null;
}

/** Our holds move on from the old base; those of others are never touched, nor is a base that had none of ours. */
function releaseSteps(decision: Decision, goalGuid: string): Step[] {
  const { source, destination } = decision.ends;
  const { base } = decision;
  if (base === null || base.source.guid === goalGuid) return [];
  const steps: Step[] = [];
  if (source.zfs.capabilities.holds && base.source.name.includes('@')) {
    const name = base.source.name as SnapshotName;
    steps.push(
      step({
        kind: 'release',
        host: source.host,
        title: `Release our hold on ${labelOf(name)} at the source`,
        commands: [zfs.release(source, sourceTag(decision), [name])],
        essential: false,
      }),
    );
  }
  if (destination.zfs.capabilities.holds && decision.target !== null) {
    const name = base.destination.name;
    steps.push(
      step({
        kind: 'release',
        host: destination.host,
        title: `Release our hold on ${labelOf(name)} at the destination`,
        commands: [zfs.release(destination, destinationTag(decision), [name])],
        essential: false,
      }),
    );
  }
  return steps;
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

/**
 * @param measured one entry for each of {@link sizeCommands}; null where it was not asked or not answered
 * @returns the plan; `ready` is false if any finding blocks
 */
export function assemble(decision: Decision, measured: readonly (Measured | null)[]): PlannedPlan {
  const { ends, flags, sends } = decision;
  const estimate = estimateOf(decision, measured);
  const findings: Finding[] = [...decision.findings];
  if (sends.length > 0) findings.push(...checkSpace(ends, estimate.toReceive));
  const ready = !findings.some((finding) => finding.severity === 'blocks');

  const streams: Stream[] = [];
  const sendSteps: Step[] = [];
  sends.forEach((send, at) => {
    const own = streamsOf(decision, send, measured[at] ?? null);
    const indexes = own.map((_, index) => streams.length + index);
    streams.push(...own);
    if (flags !== null) sendSteps.push(sendStep(decision, flags, send, indexes));
  });
  const works = flags !== null && (sends.length > 0 || decision.prelude.rollBackTo !== null);
  const steps = works
    ? [
        ...preludeSteps(decision, flags),
        ...holdSource(decision),
        ...sendSteps,
        ...(sends.length > 0 ? epilogueSteps(decision, flags) : []),
        verifyStep(decision),
      ]
    : [];
  const local = ends.source.host === THIS_COMPUTER && ends.destination.host === THIS_COMPUTER;
  return {
    request: ends.request,
    ready,
    package: 'single',
    route: local ? 'local' : 'relay',
    target: ends.request.destination.dataset,
    streams,
    steps,
    findings: findings.sort((a, b) => rank[a.severity] - rank[b.severity]),
    losses: [...decision.losses],
    choices: works ? [...flags.sentences] : [],
    estimate: { bytes: estimate.bytes, method: estimate.method },
  } as Plan as PlannedPlan;
}

const rank = { blocks: 0, warns: 1, notes: 2 };
