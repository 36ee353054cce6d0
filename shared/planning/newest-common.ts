/** The newest that both sides have, without comparing all of both. */
import type { Bookmark, Snapshot } from '../model/inventory.ts';
import { guidsAmong } from './guids-among.ts';

/** What both sides have: a snapshot at the destination, and the source's snapshot or bookmark of the same GUID. */
export interface CommonPoint {
  readonly kind: 'snapshot' | 'bookmark';
  readonly source: Snapshot | Bookmark;
  readonly destination: Snapshot;
}

/** As a rule the newest common snapshot is among so many newest of both sides; only else all GUIDs are compared. */
const RECENT = 32;

interface Twins<One> {
  readonly source: One;
  readonly destination: Snapshot;
}

/** Of those with a GUID that both lists have the newest by the source's order. */
function newestTwins<One extends Snapshot | Bookmark>(
  some: readonly One[],
  destination: readonly Snapshot[],
): Twins<One> | null {
  const maybe = guidsAmong(some);
  const twins = new Map<string, Snapshot>();
  for (const snapshot of destination) if (maybe.has(snapshot.guid)) twins.set(snapshot.guid, snapshot);
  if (twins.size === 0) return null;
  const likely = guidsAmong([...twins.values()]);
  const source = some.findLast(({ guid }) => likely.has(guid) && twins.has(guid));
  const twin = source === undefined ? undefined : twins.get(source.guid);
  return source === undefined || twin === undefined ? null : { source, destination: twin };
}

/**
 * The newest of these, oldest first, whose GUID the destination has. Snapshots arrive in the order of their making, so that
 * what both sides have stands in the same order on both: a pair among the newest of both is the newest of all.
 */
function newestOf<One extends Snapshot | Bookmark>(
  some: readonly One[],
  destination: readonly Snapshot[],
): Twins<One> | null {
  return (
    newestTwins(some.slice(-RECENT), destination.slice(-RECENT)) ??
    (some.length > RECENT || destination.length > RECENT ? newestTwins(some, destination) : null)
  );
}

/**
 * The newest snapshot or bookmark both sides have, by the source's order; null if they share none. Of a snapshot and a
 * bookmark of it the snapshot.
 *
 * @param source of one dataset, oldest first
 */
export function newestCommon(
  source: { readonly snapshots: readonly Snapshot[]; readonly bookmarks: readonly Bookmark[] },
  destination: readonly Snapshot[],
): CommonPoint | null {
  const snapshot = newestOf(source.snapshots, destination);
  const bookmark = newestOf(source.bookmarks, destination);
  if (bookmark !== null && (snapshot === null || bookmark.source.createtxg > snapshot.source.createtxg))
    return { kind: 'bookmark', ...bookmark };
  return snapshot === null ? null : { kind: 'snapshot', ...snapshot };
}
