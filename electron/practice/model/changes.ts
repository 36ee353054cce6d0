/** What a stream has to carry: the difference between a snapshot and an earlier transaction group of its dataset. */
import type { Extent, Tree } from './tree.ts';

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

/**
 * By ascending object, so that a stream that was cut can go on at (object, offset).
 * @param after transaction group of the base; 0 for a full stream
 */
export function* changesBetween(tree: Tree, after: number, resume?: ResumePoint): Generator<Change> {
  const freed = after === 0 ? [] : [...tree.freed].filter(([, txg]) => txg > after).map(([id]) => id);
  const ids = [...tree.objects.keys(), ...freed].sort((a, b) => a - b);
  for (const id of ids) {
    if (id < (resume?.object ?? 0)) continue;
    const object = tree.objects.get(id);
    if (object === undefined) {
      yield { type: 'free', id };
      continue;
    }
    const written = object.extents.filter((extent) => extent.birth > after);
    if (written.length === 0 && object.birth <= after) continue;
    yield { type: 'object', id, path: object.path, size: object.size };
    const from = id === resume?.object ? resume.offset : 0;
    for (const extent of written) yield* writesOf(id, extent, from);
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
