import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultRetryPolicy, retryDelayMs } from './retry.ts';

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
        const ceiling = retryDelayMs(retry, () => 1) ?? Number.NaN;
        const wait = retryDelayMs(retry, () => draw) ?? Number.NaN;
        expect(wait).toBeGreaterThanOrEqual(ceiling / 2);
        expect(wait).toBeLessThanOrEqual(ceiling);
      },
    ),
  );
});

test('it gives up only where it was told to', () => {
  expect(retryDelayMs(100_000, () => 0)).toBe(30_000);
  const policy = { ...defaultRetryPolicy, retries: 2 };
  expect(retryDelayMs(2, () => 0, policy)).toBe(1000);
  expect(retryDelayMs(3, () => 0, policy)).toBeNull();
});
