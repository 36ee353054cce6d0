/**
 * What a filesystem or volume holds at one transaction group: objects made of extents. Trees never change; an editor
 * makes the next one from the last, sharing what stayed. An extent does not hold bytes but says which stretch of which
 * endless generated text they are, so a dataset of any size costs a few hundred bytes.
 */

export interface Extent {
  /** First byte within the object. */
  readonly offset: number;
  readonly length: number;
  /** Which generated text, and where in it the extent begins. */
  readonly seed: number;
  readonly start: number;
  /** Transaction group in which the extent was written. */
  readonly birth: number;
}

export type Writing = Omit<Extent, 'birth'>;

export interface StoredObject {
  readonly id: number;
  /** Path below the mount point; empty for a volume's only object. */
  readonly path: string;
  readonly size: number;
  /** Transaction group of the last change of path or size. */
  readonly birth: number;
  readonly extents: readonly Extent[];
  /** Each time it was made shorter: to which size, in which transaction group. What grew back is empty there. */
  readonly cuts: readonly { readonly size: number; readonly txg: number }[];
}

export interface Tree {
  readonly kind: 'filesystem' | 'volume';
  readonly objects: ReadonlyMap<number, StoredObject>;
  /** Objects that are gone, with the transaction group in which they went: an increment from a bookmark needs it. */
  readonly freed: ReadonlyMap<number, number>;
  /** Transaction group in which the dataset was made, and that of its last change. */
  readonly made: number;
  readonly changed: number;
}

export const emptyTree = (kind: Tree['kind'], txg: number): Tree => ({
  kind,
  objects: new Map(),
  freed: new Map(),
  made: txg,
  changed: txg,
});

/** Stands for the transaction group that is not known before {@link TreeEditor.finish}. */
const PENDING = -1;

/** True if `next` goes on where `last` ends, in the object and in the text. */
const continues = (last: Extent, next: Extent): boolean =>
  last.offset + last.length === next.offset &&
  last.seed === next.seed &&
  last.start + last.length === next.start &&
  last.birth === next.birth;

function pushJoined(extents: Extent[], next: Extent): void {
  const last = extents.at(-1);
  if (last !== undefined && continues(last, next)) {
    extents[extents.length - 1] = { ...last, length: last.length + next.length };
  } else {
    extents.push(next);
  }
}

/** The part of an extent within [from, to), or null. */
function clip(extent: Extent, from: number, to: number): Extent | null {
  const offset = Math.max(extent.offset, from);
  const end = Math.min(extent.offset + extent.length, to);
  return end <= offset
    ? null
    : { ...extent, offset, length: end - offset, start: extent.start + (offset - extent.offset) };
}

/** `extents`, sorted by offset, with `added` over whatever was there. */
export function overlay(extents: readonly Extent[], added: Extent): Extent[] {
  const end = added.offset + added.length;
  const result: Extent[] = [];
  const keep = (extent: Extent | null) => {
    if (extent !== null) pushJoined(result, extent);
  };
  for (const extent of extents) keep(clip(extent, 0, added.offset));
  pushJoined(result, added);
  for (const extent of extents) keep(clip(extent, end, Number.POSITIVE_INFINITY));
  return result;
}

interface Draft {
  path: string;
  size: number;
  birth: number;
  extents: Extent[];
  cuts: { size: number; txg: number }[];
}

/** Makes the next tree from an old one. */
export class TreeEditor {
  readonly #base: Tree;
  readonly #drafts = new Map<number, Draft>();
  readonly #removed = new Set<number>();
  #nextId: number;
  #written = 0;

  constructor(base: Tree) {
    this.#base = base;
    this.#nextId = Math.max(1, ...base.objects.keys(), ...base.freed.keys()) + 1;
  }

  /** Bytes written so far through this editor. */
  get written(): number {
    return this.#written;
  }

  newId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  #draft(id: number): Draft {
    const known = this.#drafts.get(id);
    if (known !== undefined) return known;
    const old = this.#removed.has(id) ? undefined : this.#base.objects.get(id);
    const draft: Draft =
      old === undefined
        ? { path: '', size: 0, birth: PENDING, extents: [], cuts: [] }
        : { path: old.path, size: old.size, birth: old.birth, extents: [...old.extents], cuts: [...old.cuts] };
    this.#drafts.set(id, draft);
    return draft;
  }

  /** Makes the object or sets its path and size; what lies beyond the size is cut off. */
  shape(id: number, path: string, size: number): void {
    const draft = this.#draft(id);
    if (draft.path === path && draft.size === size && draft.birth !== PENDING) return;
    if (size < draft.size) {
      draft.extents = draft.extents.flatMap((extent) => clip(extent, 0, size) ?? []);
      draft.cuts.push({ size, txg: PENDING });
    }
    Object.assign(draft, { path, size, birth: PENDING });
    this.#nextId = Math.max(this.#nextId, id + 1);
  }

  write(id: number, writing: Writing): void {
    const draft = this.#draft(id);
    const { offset, length, seed, start } = writing;
    const added: Extent = { offset, length, seed, start, birth: PENDING };
    const last = draft.extents.at(-1);
    if (last === undefined || last.offset + last.length <= added.offset) pushJoined(draft.extents, added);
    else draft.extents = overlay(draft.extents, added);
    const end = offset + length;
    if (end > draft.size) Object.assign(draft, { size: end, birth: PENDING });
    this.#written += length;
  }

  remove(id: number): void {
    this.#drafts.delete(id);
    if (this.#base.objects.has(id)) this.#removed.add(id);
  }

  /** @param txg transaction group of everything this editor changed */
  finish(txg: number): Tree {
    if (this.#drafts.size === 0 && this.#removed.size === 0) return this.#base;
    const birth = (was: number) => (was === PENDING ? txg : was);
    const objects = new Map(this.#base.objects);
    const freed = new Map(this.#base.freed);
    for (const id of this.#removed) {
      objects.delete(id);
      freed.set(id, txg);
    }
    for (const [id, draft] of this.#drafts) {
      const extents = draft.extents.map((extent) => ({ ...extent, birth: birth(extent.birth) }));
      const cuts = draft.cuts.map((cut) => ({ ...cut, txg: birth(cut.txg) }));
      objects.set(id, { id, path: draft.path, size: draft.size, birth: birth(draft.birth), extents, cuts });
    }
    return { ...this.#base, objects, freed, changed: txg };
  }
}
