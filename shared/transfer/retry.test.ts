import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from './retry.ts';

test('waits double up to the cap', () => {
  const highest = [1, 2, 3, 4, 5, 6, 7, 8, 2000].map((retry) => retryDelayMs(retry, () => 1));
  expect(highest).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('the jitter stays in the upper half', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (retry, draw) => {
        const ceiling = retryDelayMs(retry, () => 1);
        const wait = retryDelayMs(retry, () => draw);
        expect(wait).toBeGreaterThanOrEqual(ceiling / 2);
        expect(wait).toBeLessThanOrEqual(ceiling);
      },
    ),
  );
});
