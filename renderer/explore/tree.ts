/** The dataset tree as rows: which are seen, which have something below them. Pure. */

export interface TreeRow<D> {
  readonly dataset: D;
  /** 1 for a pool's root. */
  readonly level: number;
  /** null: nothing lies below it. */
  readonly isOpen: boolean | null;
}

const depthOf = (name: string): number => name.split('/').length;

/** A tree of up to this many is shown open; a larger one with its pools open only. */
const OPEN_AT_MOST = 300;

/** The datasets that are closed at first. @param names in the order of the listing, parents before children */
export function closedAtFirst(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.length <= OPEN_AT_MOST ? [] : names.filter((name) => depthOf(name) > 1));
}

/**
 * @param datasets in the order of `zfs list`: a parent before what lies below it, and that without a gap
 * @param filter lower case; what matches is shown without its tree
 */
export function rowsOf<D extends { readonly name: string }>(
  datasets: readonly D[],
  closed: ReadonlySet<string>,
  filter: string,
): TreeRow<D>[] {
  if (filter !== '') {
    return datasets
      .filter(({ name }) => name.toLowerCase().includes(filter))
      .map((dataset) => ({ dataset, level: 1, isOpen: null }));
  }
  const rows: TreeRow<D>[] = [];
  let hiddenBelow: string | null = null;
  datasets.forEach((dataset, index) => {
    const { name } = dataset;
    if (hiddenBelow !== null && name.startsWith(hiddenBelow)) return;
    hiddenBelow = null;
    const hasBelow = datasets[index + 1]?.name.startsWith(`${name}/`) === true;
    const isOpen = hasBelow ? !closed.has(name) : null;
    if (isOpen === false) hiddenBelow = `${name}/`;
    rows.push({ dataset, level: depthOf(name), isOpen });
  });
  return rows;
}

/** The datasets above one, which must be open for it to be seen. */
export function above(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
