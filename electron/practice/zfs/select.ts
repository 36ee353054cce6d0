/** Which datasets, snapshots and bookmarks a `list` or `get` is about, in ZFS's order. */
import { byBytes, type Dataset, type Machine } from '../model/machine.ts';
import { kindOf, nameOf, type Target } from '../model/properties.ts';
import type { Kind } from '../model/property-table.ts';
import type { DialectTable } from './dialect.ts';
import { openAny } from './names.ts';
import { UsageError, ZfsError } from './options.ts';

export type Kinds = ReadonlySet<Kind>;

export const DATASETS: Kinds = new Set<Kind>(['filesystem', 'volume']);

const KIND_NAMES: ReadonlyMap<string, readonly Kind[]> = new Map<string, readonly Kind[]>([
  ['filesystem', ['filesystem']],
  ['fs', ['filesystem']],
  ['volume', ['volume']],
  ['vol', ['volume']],
  ['snapshot', ['snapshot']],
  ['snap', ['snapshot']],
  ['bookmark', ['bookmark']],
  ['all', ['filesystem', 'volume', 'snapshot', 'bookmark']],
]);

/** Where there are no bookmarks, none are seen, whatever the pool's story has. */
const kindsOf = (kinds: Iterable<Kind>, { verbs }: DialectTable): Kinds =>
  new Set([...kinds].filter((kind) => kind !== 'bookmark' || verbs.bookmark !== null));

export const everything = (dialect: DialectTable): Kinds =>
  kindsOf(['filesystem', 'volume', 'snapshot', 'bookmark'], dialect);

/** @throws UsageError */
export function readKinds(text: string, dialect: DialectTable): Kinds {
  return kindsOf(
    text.split(',').flatMap((name) => {
      const kinds = name === 'bookmark' && dialect.verbs.bookmark === null ? undefined : KIND_NAMES.get(name);
      if (kinds === undefined) throw new UsageError(`invalid type '${name}'`);
      return kinds;
    }),
    dialect,
  );
}

/** By name; a dataset before its snapshots, these by age, then its bookmarks, then what lies below. */
export function byName(a: Target, b: Target): number {
  const key = (target: Target) => ('tree' in target ? target.dataset.name : nameOf(target));
  const order = byBytes(key(a), key(b));
  if (order !== 0) return order;
  const isSnapshot = (target: Target) => ('tree' in target ? 1 : 0);
  return isSnapshot(a) - isSnapshot(b) || a.createtxg - b.createtxg || byBytes(nameOf(a), nameOf(b));
}

export interface Selection {
  readonly targets: Target[];
  /** Messages about names that could not be opened. */
  readonly errors: string[];
}

/** @param depth how far below each name; `Infinity` for `-r`, 0 for the name alone */
export function select(machine: Machine, names: readonly string[], kinds: Kinds, depth: number): Selection {
  const found = new Set<Target>();
  const visit = (dataset: Dataset, left: number): void => {
    if (kinds.has(dataset.kind)) found.add(dataset);
    if (left <= 0) return;
    if (kinds.has('snapshot')) for (const snapshot of dataset.snapshots) found.add(snapshot);
    if (kinds.has('bookmark')) for (const bookmark of dataset.bookmarks) found.add(bookmark);
    for (const child of machine.childrenOf(dataset)) visit(child, left - 1);
  };
  if (names.length === 0) for (const root of machine.roots()) visit(root, Number.POSITIVE_INFINITY);
  const errors: string[] = [];
  for (const name of names) {
    try {
      const target = openAny(machine, name);
      if ('dataset' in target) found.add(target);
      else if (depth > 0 || kinds.has(target.kind)) visit(target, depth);
      else throw new ZfsError(`cannot open '${name}': operation not applicable to datasets of this type`);
    } catch (error) {
      if (!(error instanceof ZfsError)) throw error;
      errors.push(error.message);
    }
  }
  return { targets: [...found].sort(byName), errors };
}

/** Snapshots and bookmarks asked for by their dataset's name stand one level below it. */
export function depthOf(recursive: boolean, depth: string | null, kinds: Kinds): number {
  if (depth !== null) {
    const value = Number(depth);
    if (!/^\d+$/.test(depth)) throw new UsageError(`${depth} is not a number`);
    return value;
  }
  if (recursive) return Number.POSITIVE_INFINITY;
  return kinds.has('filesystem') || kinds.has('volume') ? 0 : 1;
}

export const isKind = (target: Target, kinds: Kinds): boolean => kinds.has(kindOf(target));
