/** `zfs promote`: a clone and what it was cloned from change places. */
import type { Dataset, Machine, Snapshot } from './machine.ts';

/** Snapshots that go over to the clone: its origin and what is older. */
export const movedBy = (origin: Snapshot): Snapshot[] =>
  origin.dataset.snapshots.filter((one) => one.createtxg <= origin.createtxg);

/** @param origin the clone's own; the caller has seen that no two snapshots will have one name */
export function promote(machine: Machine, clone: Dataset, origin: Snapshot): void {
  const owner = origin.dataset;
  const moved = movedBy(origin);
  machine.tick(owner.pool);
  owner.snapshots = owner.snapshots.filter((one) => !moved.includes(one));
  clone.snapshots = [...moved, ...clone.snapshots];
  for (const one of moved) one.dataset = clone;
  clone.origin = owner.origin;
  owner.origin = origin;
}
