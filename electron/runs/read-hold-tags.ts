/** Asks by which tags snapshots are held: only of those that stand in the way, since each is a question of its own. */
import type { Inventory } from '../../shared/model/inventory.ts';
import type { SnapshotName } from '../../shared/model/names.ts';
import type { TagsOf } from '../../shared/planning/ends.ts';
import { holdsListing, readHoldTags } from '../../shared/zfs/holds.ts';
import type { Reached } from '../hosts/reached.ts';
import { collectAll } from '../ssh/collect-all.ts';

/** @returns null for those of which the host does not tell */
export async function readTagsOf(
  { shell }: Reached,
  { elevation }: Inventory,
  snapshots: readonly SnapshotName[],
): Promise<TagsOf> {
  const asked = snapshots.map((snapshot) => holdsListing(elevation, snapshot));
  const { parts } = await collectAll(shell, asked, { timeoutMs: 60_000 });
  const told = new Map<SnapshotName, readonly string[]>();
  for (const [at, snapshot] of snapshots.entries()) {
    const part = parts[at];
    if (part?.status === 0) told.set(snapshot, readHoldTags(part.stdout));
  }
  return (snapshot) => told.get(snapshot) ?? null;
}
