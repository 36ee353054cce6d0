/** Derives something from a list once, however often it is asked for: lists of an inventory never change. */
export function indexed<List extends readonly unknown[], Index>(derive: (list: List) => Index): (list: List) => Index {
  const known = new WeakMap<List, Index>();
  return (list) => {
    let index = known.get(list);
    if (index === undefined) {
      index = derive(list);
      known.set(list, index);
    }
    return index;
  };
}
