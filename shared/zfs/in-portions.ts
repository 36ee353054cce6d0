/**
 * Items in their order, in as few groups as have room for them. One that is too large by itself stands alone.
 *
 * @param room of a group, in what `sizeOf` counts
 */
export function inPortions<T>(items: readonly T[], room: number, sizeOf: (item: T) => number): T[][] {
  const portions: T[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    const last = portions.at(-1);
    if (last !== undefined && size <= left) {
      last.push(item);
      left -= size;
    } else {
      portions.push([item]);
      left = room - size;
    }
  }
  return portions;
}
