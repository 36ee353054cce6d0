/** Whether the destination has the snapshots that were planned, by GUID. */
import type { Snapshot } from '../../shared/model/inventory.ts';
import { labelOf, snapshotOf } from '../../shared/model/names.ts';
import type { Stream } from '../../shared/model/plan.ts';
import type { Receipt } from '../../shared/model/run.ts';

type Check = Receipt['checks'][number];

/** @returns one for each stream, in order */
export function compareSnapshots(
  streams: readonly Stream[],
  source: readonly Snapshot[],
  destination: readonly Snapshot[],
): Receipt['snapshots'] {
  const guidsAtSource = new Map(source.map((snapshot) => [snapshot.name as string, snapshot.guid]));
  const guidsThere = new Map(destination.map((snapshot) => [snapshot.name as string, snapshot.guid]));
  return streams.map((stream) => {
    const sourceGuid = guidsAtSource.get(stream.snapshot) ?? null;
    const destinationGuid = guidsThere.get(snapshotOf(stream.target, labelOf(stream.snapshot))) ?? null;
    // The source snapshot may be gone by now; what counts is the GUID that was planned.
    return { name: stream.snapshot, sourceGuid, destinationGuid, equal: destinationGuid === stream.guid };
  });
}

/**
 * A snapshot that is gone although a later one came is no fault of the copy: ZFS receives that only on top of the earlier one, so it
 * was there until something, such as a pruner, destroyed it.
 *
 * @param streams in the order in which each copy was to receive them
 * @param snapshots one for each stream
 */
export function checkGuids(streams: readonly Stream[], snapshots: Receipt['snapshots']): Check[] {
  const newestThere = new Map<string, number>(
    streams.flatMap(({ target }, at) => (snapshots[at]?.equal === true ? [[target, at] as const] : [])),
  );
  const isPruned = (at: number): boolean =>
    snapshots[at]?.destinationGuid === null && (newestThere.get(streams[at]?.target ?? '') ?? -1) > at;
  const all = snapshots.length;
  const pruned = snapshots.filter((_, at) => isPruned(at)).length;
  const lacking = snapshots.filter(({ equal }, at) => !equal && !isPruned(at)).length;
  const guids = { code: 'guids', holds: lacking === 0, sentence: guidsSentence(all, lacking, pruned) };
  if (pruned === 0) return [guids];
  const sentence = `${pruned} of ${all} planned snapshots arrived and have been destroyed there since.`;
  return [guids, { code: 'pruned', holds: false, sentence }];
}

function guidsSentence(all: number, lacking: number, pruned: number): string {
  if (lacking > 0) return `${lacking} of ${all} planned snapshots are not at the destination with the same GUID.`;
  if (pruned > 0)
    return `${all - pruned} of ${all} planned snapshots are at the destination with the same GUID, the newest of each copy among them.`;
  return `${all === 1 ? 'The planned snapshot is' : `All ${all} planned snapshots are`} at the destination with the same GUID.`;
}
