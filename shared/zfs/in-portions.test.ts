import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inPortions } from './in-portions.ts';

const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);

it('nothing has no portions, what fits exactly is one, and what is too large stands alone', () => {
  const portions = (...sizes: number[]) => inPortions(sizes, 10, (size) => size);
  expect(portions()).toEqual([]);
  expect(portions(4, 6)).toEqual([[4, 6]]);
  expect(portions(4, 7)).toEqual([[4], [7]]);
  expect(portions(1, 11, 1, 1)).toEqual([[1], [11], [1, 1]]);
});

it('keeps the order, overfills none that has several, and begins none too early', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), (sizes) => {
      const portions = inPortions(sizes, 20, (size) => size);
      expect(portions.flat()).toEqual(sizes);
      portions.forEach((portion, at) => {
        if (portion.length > 1) expect(sum(portion)).toBeLessThanOrEqual(20);
        const next = portions[at + 1]?.[0];
        if (next !== undefined) expect(sum(portion) + next).toBeGreaterThan(20);
      });
    }),
  );
});
