/** From what the destination has, or from nothing, to the goal: which sends bring the snapshots between. */
import type { Bookmark, Snapshot } from '../model/inventory.ts';
import type { SnapshotName } from '../model/names.ts';
import { between, countUpTo } from './by-age.ts';
import type { PlannedSend, Situation } from './decision.ts';

function oneSend(from: Snapshot | Bookmark | null, snapshot: Snapshot): PlannedSend {
  return {
    from: from === null ? { kind: 'nothing' } : { kind: 'base', name: from.name },
    fromGuid: from?.guid ?? null,
    snapshot,
    brings: [snapshot],
    resumes: null,
  };
}

/** Where it stands in its dataset's list; -1 for a bookmark and for another dataset's snapshot. */
function indexIn(all: readonly Snapshot[], one: Snapshot | Bookmark): number {
  const index = countUpTo(all, one.createtxg) - 1;
  return all[index] === one ? index : -1;
}

/** How many of `wanted`, from `at` on, follow on one another in `all` without a gap after `index`. */
function gapless(all: readonly Snapshot[], index: number, wanted: readonly Snapshot[], at: number): number {
  let count = 0;
  while (at + count < wanted.length && all[index + 1 + count] === wanted[at + count]) count++;
  return count;
}

/**
 * As few sends as bring just what is wanted: `-I` over a stretch without gaps, else `-i`. Only an own snapshot can start
 * an `-I`: `Error: multiple snapshots cannot be sent from a bookmark.`
 *
 * @param all snapshots of the source dataset, oldest first
 * @param from what the destination has by then; null: nothing
 * @param wanted oldest first
 */
export function chainSends(
  all: readonly Snapshot[],
  from: Snapshot | Bookmark | null,
  wanted: readonly Snapshot[],
): PlannedSend[] {
  const sends: PlannedSend[] = [];
  let start = from;
  for (let at = 0; at < wanted.length; ) {
    const index = start === null ? -1 : indexIn(all, start);
    const stretch = index < 0 ? 0 : gapless(all, index, wanted, at);
    const last = wanted[at + Math.max(stretch, 1) - 1] as Snapshot;
    if (start === null || stretch < 2) sends.push(oneSend(start, last));
    else
      sends.push({
        from: { kind: 'base-and-intermediates', name: start.name as SnapshotName },
        fromGuid: start.guid,
        snapshot: last,
        brings: wanted.slice(at, at + stretch),
        resumes: null,
      });
    start = last;
    at += Math.max(stretch, 1);
  }
  return sends;
}

/** What a new copy gets: the goal, and before it what the package's history holds. */
export function newCopySends({ snapshots, goal, origin, selection }: Situation): PlannedSend[] {
  const wanted = selection.history
    ? between(snapshots, null, goal).filter((snapshot) => snapshot === goal || selection.brings(snapshot))
    : [goal];
  return chainSends(snapshots, origin?.source ?? null, wanted);
}

/** From a snapshot or bookmark that the destination has to the goal. */
export function updateSends(situation: Situation, base: Snapshot | Bookmark): PlannedSend[] {
  const { snapshots, goal, selection } = situation;
  const wanted = between(snapshots, base, goal).filter((snapshot) => snapshot === goal || selection.brings(snapshot));
  return chainSends(snapshots, base, wanted);
}
