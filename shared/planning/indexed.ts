/** Something derived from a list once, however often it is asked for: lists of an inventory never change. */
export interface Indexed<List, Index> {
  (list: List): Index;
  /** Keeps what was derived while the list was made. */
  keep(list: List, index: Index): void;
}

export function indexed<List extends readonly unknown[], Index>(derive: (list: List) => Index): Indexed<List, Index> {
  const known = new WeakMap<List, Index>();
  const find = (list: List): Index => {
    let index = known.get(list);
    if (index === undefined) {
      index = derive(list);
      known.set(list, index);
    }
    return index;
  };
  return Object.assign(find, { keep: (list: List, index: Index) => void known.set(list, index) });
}
