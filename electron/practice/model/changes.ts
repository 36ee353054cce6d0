/** What a stream has to carry: the difference between a snapshot and an earlier transaction group of its dataset. */
import type { Extent, StoredObject, Tree } from './tree.ts';

export type Change =
  | { readonly type: 'object'; readonly id: number; readonly path: string; readonly size: number }
  | {
      readonly type: 'write';
      readonly id: number;
      readonly offset: number;
      readonly length: number;
      readonly seed: number;
      readonly start: number;
    }
  | { readonly type: 'free'; readonly id: number };

export interface ResumePoint {
  readonly object: number;
  readonly offset: number;
}

/** ZFS's default record size: no write in a stream is longer, nor does it cross a multiple of it. */
export const RECORD = 131_072;

function* writesOf(id: number, extent: Extent, from: number): Generator<Change> {
  const end = extent.offset + extent.length;
  let at = Math.max(extent.offset, from);
  while (at < end) {
    const length = Math.min(end, (Math.floor(at / RECORD) + 1) * RECORD) - at;
    yield { type: 'write', id, offset: at, length, seed: extent.seed, start: extent.start + (at - extent.offset) };
    at += length;
  }
}

/** One object: what went from it first, then what it is now. */
function* changesOf(object: StoredObject, after: number, from: number, resumed: boolean): Generator<Change> {
  const written = object.extents.filter((extent) => extent.birth > after);
  if (written.length === 0 && object.birth <= after) return;
  const { id, path, size } = object;
  const shortest = Math.min(...object.cuts.filter((cut) => cut.txg > after).map((cut) => cut.size));
  if (shortest < size && after > 0 && !resumed) yield { type: 'object', id, path, size: shortest };
  yield { type: 'object', id, path, size };
  for (const extent of written) yield* writesOf(id, extent, from);
}

/**
 * By ascending object, so that a stream that was cut can go on at (object, offset).
 * @param after transaction group of the base; 0 for a full stream
 */
export function* changesBetween(tree: Tree, after: number, resume?: ResumePoint): Generator<Change> {
  const freed = new Set(after === 0 ? [] : [...tree.freed].filter(([, txg]) => txg > after).map(([id]) => id));
  const ids = [...new Set([...tree.objects.keys(), ...freed])].sort((a, b) => a - b);
  for (const id of ids) {
    if (id < (resume?.object ?? 0)) continue;
    // The object at which a stream goes on is there in part already, and is not taken away again.
    const resumed = id === resume?.object;
    if (freed.has(id) && !resumed) yield { type: 'free', id };
    const object = tree.objects.get(id);
    if (object !== undefined) yield* changesOf(object, after, resumed ? resume.offset : 0, resumed);
  }
}

/** Bytes of one record's header in a stream, as in ZFS. */
export const RECORD_HEAD = 312;

/**
 * What ZFS would estimate for the stream: begin, end, and each write with its header. Like ZFS's own estimate it leaves
 * out the records about objects, so the stream turns out a little longer.
 */
export function estimateStream(tree: Tree, after: number): number {
  let sum = 2 * RECORD_HEAD;
  for (const object of tree.objects.values()) {
    for (const extent of object.extents) {
      if (extent.birth <= after) continue;
      const records = Math.ceil((extent.offset + extent.length) / RECORD) - Math.floor(extent.offset / RECORD);
      sum += extent.length + records * RECORD_HEAD;
    }
  }
  return sum;
}
