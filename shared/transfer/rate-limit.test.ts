import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

/** Takes as fast as it is allowed to until `until` ms; returns what was granted and in how many slices. */
function drain(limit: RateLimit, chunk: number, from: number, until: number) {
  let now = from;
  let bytes = 0;
  let slices = 0;
  while (now < until) {
    const granted = limit.take(chunk, now);
    bytes += granted;
    if (granted > 0) slices += 1;
    else now += limit.msUntil(chunk, now);
  }
  return { bytes, slices };
}

test('without a limit everything is granted at once', () => {
  const limit = new RateLimit(null, 0);
  expect(limit.take(1e9, 0)).toBe(1e9);
  expect(limit.msUntil(1e9, 0)).toBe(0);
});

test.each([
  [1000, 65536],
  [50_000_000, 65536],
  [1_000_000, 100],
  [3, 10],
])('a limit of %i B/s is met from below and kept to within a burst, with chunks of %i', (rate, chunk) => {
  const seconds = 60;
  const { bytes } = drain(new RateLimit(rate, 0), chunk, 0, seconds * 1000);
  expect(bytes).toBeLessThanOrEqual(rate * seconds + Math.max(1, rate * 0.25));
  expect(bytes).toBeGreaterThanOrEqual(rate * seconds * 0.98 - Math.max(1, rate * 0.25));
});

test('a big chunk under a small limit goes in slices, neither whole nor byte by byte', () => {
  const { bytes, slices } = drain(new RateLimit(100_000, 0), 1_000_000, 0, 10_000);
  expect(slices).toBeGreaterThan(100);
  expect(slices).toBeLessThan(bytes / 1000);
});

test('what is saved up while nothing moves is a burst, not the whole pause', () => {
  const limit = new RateLimit(1000, 0);
  expect(limit.take(1_000_000, 3_600_000)).toBe(250);
});

test('a change counts from now on, in both directions', () => {
  const limit = new RateLimit(1_000_000, 0);
  limit.setRate(1000, 10_000);
  expect(limit.take(1_000_000, 10_000)).toBe(250);
  expect(drain(limit, 65536, 10_000, 20_000).bytes).toBeLessThanOrEqual(10_000);
  limit.setRate(null, 20_000);
  expect(limit.take(1e9, 20_000)).toBe(1e9);
  limit.setRate(1000, 20_000);
  expect(limit.take(1e9, 20_000)).toBe(0);
});

test('no schedule of asking gets more than the limit and one burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 0, max: 5000 })), { maxLength: 200 }),
      (rate, asked) => {
        const limit = new RateLimit(rate, 0);
        let now = 0;
        let bytes = 0;
        for (const [wanted, wait] of asked) {
          now += wait;
          bytes += limit.take(wanted, now);
        }
        expect(bytes).toBeLessThanOrEqual((rate * now) / 1000 + 1e-3);
      },
    ),
  );
});

test('asking again after msUntil always grants something', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e7 }), (rate, wanted) => {
      const limit = new RateLimit(rate, 0);
      expect(limit.take(wanted, limit.msUntil(wanted, 0))).toBeGreaterThan(0);
    }),
  );
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a limit of %d is refused', (rate) => {
  expect(() => new RateLimit(rate, 0)).toThrow(RangeError);
  const limit = new RateLimit(10, 0);
  expect(() => limit.setRate(rate, 0)).toThrow(RangeError);
});
