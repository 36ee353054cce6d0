import type { Range } from '@tanstack/react-virtual';

/** The rows to draw: those around what is seen, and the active one, so that what screen readers point at exists. */
export const keepDrawn =
  (active: number) =>
  ({ startIndex, endIndex, overscan, count }: Range): number[] => {
    const from = Math.max(0, startIndex - overscan);
    const to = Math.min(count - 1, endIndex + overscan);
    const range = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
    if (active < from) range.unshift(active);
    else if (active > to && active < count) range.push(active);
    return range;
  };
