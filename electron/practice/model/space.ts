/** Who is charged for which bytes: `used`, `referenced`, `written`, and what is left. */
import type { Dataset, Machine, Pool, Snapshot } from './machine.ts';
import type { Extent, StoredObject, Tree } from './tree.ts';

/** Metadata of an empty filesystem on OpenZFS 2.3.9 is 24 KiB; one change rewrites 13 KiB of it. A volume has half. */
const METADATA = {
  filesystem: { base: 11_264, changed: 13_312 },
  volume: { base: 5_632, changed: 6_656 },
} as const;

const cache = new WeakMap<Tree, number>();

const extentBytes = (extents: Iterable<Extent>, after: number): number => {
  let sum = 0;
  for (const extent of extents) if (extent.birth > after) sum += extent.length;
  return sum;
};

/** Bytes of a tree that were written after transaction group `after`. */
export function bytesSince(tree: Tree, after: number): number {
  const metadata = METADATA[tree.kind];
  let sum = (tree.made > after ? metadata.base : 0) + (tree.changed > after ? metadata.changed : 0);
  for (const object of tree.objects.values()) sum += extentBytes(object.extents, after);
  return sum;
}

/** Bytes a tree refers to, its metadata included. */
export function referencedBytes(tree: Tree): number {
  const known = cache.get(tree);
  if (known !== undefined) return known;
  const sum = bytesSince(tree, 0);
  cache.set(tree, sum);
  return sum;
}

/** Before compression and without padding: metadata shrinks to half, content is not compressible. */
export const logicalBytes = (bytes: number, kind: Tree['kind']): number =>
  Math.max(0, bytes - (METADATA[kind].base + METADATA[kind].changed) / 2);

function overlapShared(extent: Extent, other: StoredObject | undefined): number {
  let shared = 0;
  for (const candidate of other?.extents ?? []) {
    const same =
      candidate.seed === extent.seed &&
      candidate.birth === extent.birth &&
      candidate.start - candidate.offset === extent.start - extent.offset;
    if (!same) continue;
    const from = Math.max(extent.offset, candidate.offset);
    const to = Math.min(extent.offset + extent.length, candidate.offset + candidate.length);
    if (to > from) shared += to - from;
  }
  return shared;
}

/** Bytes written after `after` that `tree` holds and `next`, a later state of the same dataset, does not. */
export function droppedBytes(tree: Tree, next: Tree, after: number): number {
  if (tree === next) return 0;
  let sum = tree.changed > after && tree.changed !== next.changed ? METADATA[tree.kind].changed : 0;
  for (const [id, object] of tree.objects) {
    const other = next.objects.get(id);
    if (other === object) continue;
    for (const extent of object.extents) {
      if (extent.birth > after) sum += extent.length - overlapShared(extent, other);
    }
  }
  return sum;
}

const originTxg = (dataset: Dataset): number => dataset.origin?.createtxg ?? 0;

/** Where a snapshot stands among its dataset's; looked up by halving, as there may be a hundred thousand. */
function indexOf(snapshot: Snapshot): number {
  const { snapshots } = snapshot.dataset;
  let [low, high] = [0, snapshots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((snapshots[middle]?.createtxg ?? 0) < snapshot.createtxg) low = middle + 1;
    else high = middle;
  }
  // Snapshots of one command share their transaction group.
  return snapshots.indexOf(snapshot, low);
}

/** What destroying this one snapshot would free. */
export function snapshotUsed(snapshot: Snapshot): number {
  const { snapshots, head } = snapshot.dataset;
  const index = indexOf(snapshot);
  const before = snapshots[index - 1]?.createtxg ?? originTxg(snapshot.dataset);
  return droppedBytes(snapshot.tree, snapshots[index + 1]?.tree ?? head, before);
}

/** Bytes written since the snapshot before (`written` of a snapshot), or since the newest snapshot (of a dataset). */
export function writtenBytes(thing: Dataset | Snapshot): number {
  const dataset = 'dataset' in thing ? thing.dataset : thing;
  const index = 'dataset' in thing ? indexOf(thing) : dataset.snapshots.length;
  const before = dataset.snapshots[index - 1]?.createtxg ?? originTxg(dataset);
  return bytesSince('dataset' in thing ? thing.tree : thing.head, before);
}

export interface Charges {
  readonly used: number;
  readonly byDataset: number;
  readonly bySnapshots: number;
  readonly byChildren: number;
  readonly byRefreservation: number;
}

/** How `used` of a dataset is made up. */
export function charges(machine: Machine, dataset: Dataset): Charges {
  const after = originTxg(dataset);
  const byDataset = dataset.partial?.kind === 'full' ? dataset.partial.editor.written : bytesSince(dataset.head, after);
  const states = [...dataset.snapshots.map((snapshot) => snapshot.tree), dataset.head];
  let bySnapshots = 0;
  for (let index = 0; index + 1 < states.length; index += 1) {
    const [tree, next] = [states[index], states[index + 1]];
    if (tree !== undefined && next !== undefined) bySnapshots += droppedBytes(tree, next, after);
  }
  const hidden = dataset.partial?.kind === 'incremental' ? dataset.partial.editor.written : 0;
  const byChildren = machine
    .childrenOf(dataset)
    .reduce((sum, child) => sum + Math.max(charges(machine, child).used, limitOf(child, 'reservation')), hidden);
  const reserved = limitOf(dataset, 'refreservation');
  const sinceSnapshot = dataset.snapshots.length === 0 ? byDataset : writtenBytes(dataset);
  const byRefreservation = Math.max(0, reserved - sinceSnapshot);
  return {
    used: byDataset + bySnapshots + byChildren + byRefreservation,
    byDataset,
    bySnapshots,
    byChildren,
    byRefreservation,
  };
}

/** A size set on the dataset itself; 0 where none is. */
export function limitOf(dataset: Dataset, name: 'quota' | 'refquota' | 'reservation' | 'refreservation'): number {
  const setting = dataset.settings.get(name);
  return Number(setting?.local ?? setting?.received ?? 0);
}

/** What ZFS keeps of a pool for itself (`spa_get_slop_space`): a thirty-second, but at least 128 MiB or half. */
const slop = (size: number): number => Math.floor(Math.max(size / 32, Math.min(size / 2, 128 * 1024 * 1024)));

/** Bytes charged to a pool: written ones and reserved ones. */
function poolUsed(machine: Machine, pool: Pool): number {
  return machine.roots().reduce((sum, root) => (root.pool === pool ? sum + charges(machine, root).used : sum), 0);
}

/** Bytes of a pool that are written. */
export function poolAllocated(machine: Machine, pool: Pool): number {
  const reserved = machine
    .all()
    .reduce((sum, one) => (one.pool === pool ? sum + charges(machine, one).byRefreservation : sum), 0);
  return Math.max(0, poolUsed(machine, pool) - reserved);
}

/** Bytes that can still be written to a dataset: what the pool has, or less where a quota is nearer. */
export function availableBytes(machine: Machine, dataset: Dataset): number {
  const { pool } = dataset;
  let left = pool.size - slop(pool.size) - poolUsed(machine, pool);
  for (let at: Dataset | null = dataset; at !== null; at = machine.parentOf(at)) {
    const quota = limitOf(at, 'quota');
    if (quota > 0) left = Math.min(left, quota - charges(machine, at).used);
  }
  const refquota = limitOf(dataset, 'refquota');
  if (refquota > 0) left = Math.min(left, refquota - referencedBytes(dataset.head));
  return Math.max(0, left);
}

/** The nearest dataset upwards whose quota a further `bytes` would break, or null. */
export function quotaInTheWay(machine: Machine, dataset: Dataset, bytes: number): Dataset | null {
  for (let at: Dataset | null = dataset; at !== null; at = machine.parentOf(at)) {
    const quota = limitOf(at, 'quota');
    if (quota > 0 && charges(machine, at).used + bytes > quota) return at;
  }
  return null;
}
