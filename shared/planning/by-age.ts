/** Lists ordered by createtxg, oldest first, as a dataset's own snapshots are: parts of them without looking at each. */

interface Aged {
  readonly createtxg: number;
}

export const byAge = (a: Aged, b: Aged): number => a.createtxg - b.createtxg;

/** The list itself if it is in order already, as listings nearly always are. */
export function oldestFirst<One extends Aged>(list: One[]): One[] {
  for (let at = 1; at < list.length; at++) if (byAge(list[at - 1] as One, list[at] as One) > 0) return list.sort(byAge);
  return list;
}

/** How many of them are no younger than `createtxg`: the place of the first that is younger. */
export function countUpTo(list: readonly Aged[], createtxg: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as Aged).createtxg <= createtxg) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those that are younger than `after`, and no younger than `upTo`. */
export const between = <One extends Aged>(list: readonly One[], after: Aged | null, upTo: Aged): readonly One[] =>
  list.slice(after === null ? 0 : countUpTo(list, after.createtxg), countUpTo(list, upTo.createtxg));

/** Those that are younger than `after`. */
export const youngerThan = <One extends Aged>(list: readonly One[], after: Aged): readonly One[] =>
  list.slice(countUpTo(list, after.createtxg));

/** Those that are older than `before`. */
export const olderThan = <One extends Aged>(list: readonly One[], before: Aged): readonly One[] =>
  list.slice(0, countUpTo(list, before.createtxg - 1));
