/** Holds and bookmarks: what a run needs is held while it lasts, and the base of the next one stays protected. */

import type { Bookmark, Inventory, Snapshot } from '../model/inventory.ts';
import {
  type BookmarkName,
  bookmarkOf,
  isOf,
  labelOf,
  parseBookmarkName,
  parseLabel,
  type SnapshotName,
  snapshotOf,
} from '../model/names.ts';
import type { Step } from '../model/plan.ts';
import type { Side } from '../model/side.ts';
import * as zfs from '../zfs/commands.ts';
import { olderThan } from './by-age.ts';
import { copyOf, type Decision } from './decision.ts';
import { destinationTag, sourceTag } from './hold-tags.ts';
import { ownSnapshots } from './own-snapshots.ts';
import { step } from './step.ts';

/** Snapshots of the source that the sends start from or end with. */
function needed({ sends }: Decision): SnapshotName[] {
  const names = sends.flatMap((send) => [
    ...(send.from.kind === 'nothing' || !send.from.name.includes('@') ? [] : [send.from.name as SnapshotName]),
    send.snapshot.name,
  ]);
  return [...new Set(names)];
}

/** Before sending: nothing may destroy a snapshot that a stream starts from or brings in the end. */
export function holdSource(decision: Decision): Step[] {
  const { source } = decision.ends;
  if (!source.zfs.capabilities.holds) return [];
  const snapshots = needed(decision);
  if (snapshots.length === 0) return [];
  return [
    step({
      kind: 'hold',
      host: source.host,
      title: `Hold ${snapshots.map(labelOf).join(' and ')} at the source, so that nothing destroys ${snapshots.length === 1 ? 'it' : 'them'} meanwhile`,
      commands: snapshots.map((snapshot) => zfs.hold(source, sourceTag(decision), [snapshot])),
      essential: false,
      copy: copyOf(decision),
    }),
  ];
}

/** After the data: a bookmark and a hold of what arrived, then our older holds go. */
export function keepBase(decision: Decision, goal: Snapshot): Step[] {
  const arrived = snapshotOf(copyOf(decision), labelOf(goal.name));
  return [...protectBase(decision, goal, arrived), ...releaseSteps(decision, goal)];
}

/** After a roll-back that nothing is sent after: what was held is gone, and the next update starts from where it went back to. */
export function keepRolledBack(decision: Decision): Step[] {
  const { base, prelude } = decision;
  return base === null || prelude.release.length === 0 ? [] : protectBase(decision, base.source, base.destination.name);
}

/** @param there the same snapshot at the destination */
function protectBase(decision: Decision, base: Snapshot | Bookmark, there: SnapshotName): Step[] {
  const { source, destination } = decision.ends;
  const steps: Step[] = [];
  const bookmark = newBookmark(decision, base);
  if (bookmark !== null) {
    steps.push(
      step({
        kind: 'bookmark',
        host: source.host,
        title: `Bookmark ${labelOf(base.name)} at the source, so that the next update is possible even without it`,
        commands: [zfs.bookmark(source, base.name as SnapshotName, bookmark)],
        essential: false,
        copy: copyOf(decision),
      }),
    );
  }
  if (destination.zfs.capabilities.holds) {
    steps.push(
      step({
        kind: 'hold',
        host: destination.host,
        title: `Hold ${labelOf(there)} at the destination: the next update starts from it`,
        commands: [zfs.hold(destination, destinationTag(decision), [there])],
        essential: false,
        copy: copyOf(decision),
      }),
    );
  }
  return steps;
}

/** Before a roll-back: without it `cannot destroy 'backup/home@mine': dataset is busy`. */
export function releaseForRollBack(decision: Decision): Step[] {
  const { destination } = decision.ends;
  const { release } = decision.prelude;
  if (release.length === 0) return [];
  return [
    step({
      kind: 'release',
      host: destination.host,
      title: `Release our hold on ${few(release)} at the destination, which prevents the rollback`,
      commands: release.map((name) => zfs.release(destination, destinationTag(decision), [name])),
      copy: copyOf(decision),
    }),
  ];
}

function newBookmark(decision: Decision, goal: Snapshot | Bookmark): BookmarkName | null {
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

/** Our holds on what is older move on to the goal; those of others are never touched. */
function releaseSteps(decision: Decision, goal: Snapshot): Step[] {
  const { source, destination } = decision.ends;
  return [
    ...releaseStep(decision, 'source', source, sourceTag(decision), olderAtSource(decision, goal)),
    ...releaseStep(decision, 'destination', destination, destinationTag(decision), olderAtDestination(decision, goal)),
    ...releaseSetAside(decision),
  ];
}

/** Snapshots that this run or the one before held, and others that are held: perhaps by an interrupted attempt of ours. */
interface Older {
  readonly ours: readonly SnapshotName[];
  readonly perhapsOurs: readonly SnapshotName[];
}

const few = (names: readonly SnapshotName[]): string =>
  names.length > 3 ? `${names.length} others` : names.map(labelOf).join(', ');

/** A missing hold is no fault: `no such tag on this dataset`. */
function releaseStep(decision: Decision, side: Side, end: Inventory, tag: string, older: Older): Step[] {
  const names = [...older.ours, ...older.perhapsOurs];
  if (!end.zfs.capabilities.holds || names.length === 0) return [];
  const hold = older.ours.length === 1 ? 'our hold' : 'our holds';
  const what = [
    ...(older.ours.length > 0 ? [`${hold} on ${older.ours.map(labelOf).join(' and ')}`] : []),
    ...(older.perhapsOurs.length > 0 ? [`any hold of ours on ${few(older.perhapsOurs)}`] : []),
  ];
  return [
    step({
      kind: 'release',
      host: end.host,
      title: `Release ${what.join(', and ')} at the ${side}`,
      commands: names.map((name) => zfs.release(end, tag, [name])),
      essential: false,
      copy: copyOf(decision),
    }),
  ];
}

/**
 * Once the new copy is held nothing starts from the old one, and somebody may want to destroy that:
 * `cannot destroy snapshot backup/home-old-2026-11-21@a: it's being held.`
 */
function releaseSetAside(decision: Decision): Step[] {
  const { ends, movedTo } = decision;
  const { destination } = ends;
  const names = held(ownSnapshots(destination, copyOf(decision))).map(({ name }) => name);
  if (movedTo === null || !destination.zfs.capabilities.holds || names.length === 0) return [];
  return [
    step({
      kind: 'release',
      host: destination.host,
      title: `Release any hold of ours on ${few(names)} of ${movedTo}, which was set aside`,
      commands: names.map((name) =>
        zfs.release(destination, destinationTag(decision), [snapshotOf(movedTo, labelOf(name))]),
      ),
      essential: false,
      copy: copyOf(decision),
    }),
  ];
}

/** Those that somebody holds, oldest first. */
const held = (snapshots: readonly Snapshot[]): readonly Snapshot[] => snapshots.filter(({ holds }) => (holds ?? 0) > 0);

function olderAtSource(decision: Decision, goal: Snapshot): Older {
  const { source, request } = decision.ends;
  const { dataset } = request.source;
  // A clone's origin is another dataset's, and no update starts from it again.
  const isClone = decision.origin !== null;
  const ours = needed(decision).filter((name) => name !== goal.name && (isClone || isOf(name, dataset)));
  // Before the first copy no attempt can have left anything.
  if (decision.base === null && decision.movedTo === null) return { ours, perhapsOurs: [] };
  const older = held(olderThan(ownSnapshots(source, dataset), goal)).map(({ name }) => name);
  return { ours, perhapsOurs: older.filter((name) => !ours.includes(name)) };
}

function olderAtDestination({ ends, base, target }: Decision, goal: Snapshot): Older {
  if (target === null || base === null) return { ours: [], perhapsOurs: [] };
  const older = held(olderThan(ownSnapshots(ends.destination, target.name), base.destination));
  return {
    ours: base.destination.guid === goal.guid ? [] : [base.destination.name],
    perhapsOurs: older.filter(({ guid }) => guid !== goal.guid).map(({ name }) => name),
  };
}
