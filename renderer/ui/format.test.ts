import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatClock,
  formatDuration,
  formatPercent,
  formatRange,
  formatRate,
  tail,
} from './format.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [1023, '1,023 B'],
    [1024, '1.00 KiB'],
    [1_572_864, '1.50 MiB'],
    [10_734_182_400, '10.0 GiB'],
    [67_000_000_000, '62.4 GiB'],
    [1_979_120_929_996, '1.80 TiB'],
    [1024 ** 4 - 1, '1.00 TiB'],
    [Number.MAX_SAFE_INTEGER, '8.00 PiB'],
  ])('writes %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('writes a rate per second', () => expect(formatRate(52_428_800)).toBe('50.0 MiB/s'));
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.999, '99%'],
    [0.29, '29%'],
    [1, '100%'],
    [1.4, '100%'],
    [-1, '0%'],
  ])('writes %d as %s, never rounded up', (fraction, text) => expect(formatPercent(fraction)).toBe(text));
});

describe('times', () => {
  it.each([
    [0, '0 sec'],
    [0.4, '< 1 sec'],
    [45.9, '45 sec'],
    [60, '1 min'],
    [3599, '59 min 59 sec'],
    [11_520, '3 hr 12 min'],
    [90_000, '1 day 1 hr'],
  ])('writes %d seconds as %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [0, '00:00'],
    [67, '01:07'],
    [36_247, '10:04:07'],
  ])('shows %d seconds on a clock as %s', (seconds, text) => expect(formatClock(seconds)).toBe(text));

  it.each([
    [10_800, 14_400, '3–4 hr'],
    [40, 55, '40–55 sec'],
    [50, 100, '50–100 sec'],
    [200, 290, '3–5 min'],
    [3600, 3700, '60–62 min'],
    [0, 0, '1 sec'],
    [59, 59, '59 sec'],
  ])('writes a range of %d to %d seconds as %s', (low, high, text) => expect(formatRange(low, high)).toBe(text));

  it('tells an age in the largest unit', () => {
    const now = Date.UTC(2026, 10, 22);
    expect(formatAge(now - 3 * 86_400_000, now)).toBe('3 days ago');
    expect(formatAge(now - 40 * 86_400_000, now)).toBe('last month');
    expect(formatAge(now, now)).toBe('now');
  });
});

describe('tail', () => {
  it('keeps the end', () => expect(tail('12345678901', 4)).toBe('…8901'));
  it('leaves a short one alone', () => expect(tail('123', 4)).toBe('123'));
});
