/** From a base to the goal: which sends bring the snapshots between. */
import type { Bookmark, Snapshot } from '../model/inventory.ts';
import type { SnapshotName } from '../model/names.ts';
import type { ReplicationRequest } from '../model/request.ts';
import type { PlannedSend } from './decision.ts';

/** Snapshots strictly after `from` up to and including `goal`. */
export const span = (
  snapshots: readonly Snapshot[],
  from: { readonly createtxg: number },
  goal: Snapshot,
): readonly Snapshot[] =>
  snapshots.filter((snapshot) => snapshot.createtxg > from.createtxg && snapshot.createtxg <= goal.createtxg);

/** A stream that needs nothing at the destination. */
export const fullSend = (goal: Snapshot): PlannedSend => ({
  from: { kind: 'nothing' },
  fromGuid: null,
  snapshot: goal,
  brings: [goal],
  resumes: null,
});

function incrementalSend(
  request: ReplicationRequest,
  snapshots: readonly Snapshot[],
  base: Snapshot | Bookmark,
  goal: Snapshot,
): PlannedSend {
  const between = span(snapshots, base, goal);
  const all = request.intermediates && between.length > 1 && base.name.includes('@');
  return {
    // `Error: multiple snapshots cannot be sent from a bookmark.`
    from: all ? { kind: 'base-and-intermediates', name: base.name as SnapshotName } : { kind: 'base', name: base.name },
    fromGuid: base.guid,
    snapshot: goal,
    brings: all ? between : [goal],
    resumes: null,
  };
}

/**
 * One send as a rule; from a bookmark with intermediates wanted two: to the next snapshot with `-i`, then on from there
 * with `-I`.
 *
 * @param snapshots those of the source dataset, oldest first
 */
export function incrementalSends(
  request: ReplicationRequest,
  snapshots: readonly Snapshot[],
  base: Snapshot | Bookmark,
  goal: Snapshot,
): PlannedSend[] {
  const [first, ...rest] = span(snapshots, base, goal);
  if (base.name.includes('@') || !request.intermediates || first === undefined || rest.length === 0)
    return [incrementalSend(request, snapshots, base, goal)];
  return [incrementalSend(request, snapshots, base, first), incrementalSend(request, snapshots, first, goal)];
}
