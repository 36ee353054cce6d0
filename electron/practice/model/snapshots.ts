/** Snapshots, bookmarks, holds: making and unmaking them. */
import type { Bookmark, Dataset, Machine, Settings, Snapshot } from './machine.ts';
import { referencedBytes } from './space.ts';

/** Takes all snapshots in one transaction group, as `zfs snapshot -r` does. */
export function takeSnapshots(
  machine: Machine,
  wanted: readonly { readonly dataset: Dataset; readonly label: string }[],
  settings: Settings = new Map(),
): Snapshot[] {
  const txgs = new Map(
    [...new Set(wanted.map(({ dataset }) => dataset.pool))].map((pool) => [pool, machine.tick(pool)]),
  );
  return wanted.map(({ dataset, label }) => {
    const snapshot: Snapshot = {
      dataset,
      label,
      guid: machine.newGuid(),
      createtxg: txgs.get(dataset.pool) ?? machine.tick(dataset.pool),
      creation: machine.now(),
      tree: dataset.head,
      settings: new Map(settings),
      holds: new Map(),
      deferDestroy: false,
    };
    dataset.snapshots.push(snapshot);
    return snapshot;
  });
}

/** Why a snapshot cannot be destroyed: it is held (EBUSY) or something stands on it (EEXIST). */
export type SnapshotBond = 'busy' | 'cloned';

export function bondOf(machine: Machine, snapshot: Snapshot): SnapshotBond | null {
  if (snapshot.holds.size > 0) return 'busy';
  return machine.dependentsOf(snapshot).length > 0 ? 'cloned' : null;
}

/** Takes the snapshot away; the caller has seen that nothing holds it. */
export function destroySnapshot(machine: Machine, snapshot: Snapshot): void {
  machine.tick(snapshot.dataset.pool);
  snapshot.dataset.snapshots = snapshot.dataset.snapshots.filter((one) => one !== snapshot);
}

/** `zfs destroy -d`: now if nothing holds it, else when the last hold or clone is gone. */
export function destroyDeferred(machine: Machine, snapshot: Snapshot): void {
  if (bondOf(machine, snapshot) === null) destroySnapshot(machine, snapshot);
  else snapshot.deferDestroy = true;
}

/** @returns false if there is no such hold */
export function release(machine: Machine, snapshot: Snapshot, tag: string): boolean {
  if (!snapshot.holds.delete(tag)) return false;
  if (snapshot.deferDestroy && bondOf(machine, snapshot) === null) destroySnapshot(machine, snapshot);
  return true;
}

export function addBookmark(machine: Machine, of: Snapshot | Bookmark, label: string): Bookmark {
  machine.tick(of.dataset.pool);
  const { dataset, guid, createtxg, creation } = of;
  const referenced = 'tree' in of ? referencedBytes(of.tree) : of.referenced;
  const bookmark: Bookmark = { dataset, label, guid, createtxg, creation, referenced };
  dataset.bookmarks.push(bookmark);
  return bookmark;
}

export function destroyBookmark(machine: Machine, bookmark: Bookmark): void {
  machine.tick(bookmark.dataset.pool);
  bookmark.dataset.bookmarks = bookmark.dataset.bookmarks.filter((one) => one !== bookmark);
}

/** Puts the dataset back to a snapshot; newer snapshots are gone already. */
export function rollBack(machine: Machine, snapshot: Snapshot): void {
  machine.tick(snapshot.dataset.pool);
  snapshot.dataset.head = snapshot.tree;
}
