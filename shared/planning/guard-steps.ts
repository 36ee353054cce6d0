/** Holds and bookmarks: what a run needs is held while it lasts, and what the next one starts from stays protected. */
import type { Snapshot } from '../model/inventory.ts';
import {
  type BookmarkName,
  bookmarkOf,
  labelOf,
  parseBookmarkName,
  parseLabel,
  type SnapshotName,
  snapshotOf,
} from '../model/names.ts';
import type { Step } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import type { Decision } from './decision.ts';
import { step } from './step.ts';

/** The tag of our holds at the source: one for each destination, so that two copies never release each other's. */
const sourceTag = ({ ends }: Decision): string =>
  `sluice:to:${ends.destination.host}:${ends.request.destination.dataset}`;
const destinationTag = ({ ends }: Decision): string => `sluice:from:${ends.source.host}:${ends.request.source.dataset}`;

/** Before sending: nothing may destroy a snapshot that a stream starts from or brings in the end. */
export function holdSource(decision: Decision): Step[] {
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

/** After the data: a bookmark and a hold of what arrived, then our older holds go. */
export function keepBase(decision: Decision, goal: Snapshot): Step[] {
  const { source, destination, request } = decision.ends;
  const steps: Step[] = [];
  const bookmark = newBookmark(decision, goal);
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
    const arrived = snapshotOf(request.destination.dataset, labelOf(goal.name));
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
  return [...steps, ...releaseSteps(decision, goal)];
}

function newBookmark(decision: Decision, goal: Snapshot): BookmarkName | null {
  const { source, request } = decision.ends;
  if (!source.zfs.capabilities.bookmarks || source.bookmarks.some((bookmark) => bookmark.guid === goal.guid))
    return null;
  const label = parseLabel(`sluice-${labelOf(goal.name)}`);
  if (!label.ok) return null;
  const name = bookmarkOf(request.source.dataset, label.value);
  const taken = source.bookmarks.some((bookmark) => bookmark.name === name);
  const unique = taken ? `${name}-${goal.guid.slice(-6)}` : name;
  const parsed = parseBookmarkName(unique);
  return parsed.ok ? parsed.value : null;
}

/** Our holds move on from the old base; those of others are never touched, nor is a base that had none of ours. */
function releaseSteps(decision: Decision, goal: Snapshot): Step[] {
  const { source, destination } = decision.ends;
  const { base } = decision;
  if (base === null || base.source.guid === goal.guid) return [];
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
