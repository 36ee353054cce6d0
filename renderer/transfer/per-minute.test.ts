import { expect, it } from 'vitest';
import { perMinute } from './per-minute.ts';

it('gathers samples by the minute', () => {
  const sample = (seconds: number, bytesPerSecond: number) => ({ at: seconds * 1000, bytesPerSecond, bytes: seconds });
  expect(perMinute([sample(10, 2), sample(50, 4), sample(60, 10)])).toEqual([
    { at: 0, mean: 3, bytes: 50 },
    { at: 60_000, mean: 10, bytes: 60 },
  ]);
  expect(perMinute([])).toEqual([]);
});
