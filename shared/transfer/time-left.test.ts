import { expect, test } from 'vitest';
import { TimeLeft } from './time-left.ts';

const MB = 1_000_000;

/** Notes once a second the bytes that `perSecond` adds. */
function follow(perSecond: (second: number) => number, seconds: number): { left: TimeLeft; bytes: number } {
  const left = new TimeLeft();
  let bytes = 0;
  left.note(0, 0);
  for (let second = 1; second <= seconds; second += 1) {
    bytes += perSecond(second);
    left.note(bytes, second * 1000);
  }
  return { left, bytes };
}

test('a steady flow gives a narrow range with the truth in it', () => {
  const { left } = follow(() => MB, 30);
  const range = left.range(130 * MB);
  expect(range?.low).toBeCloseTo(100, 5);
  expect(range?.high).toBeGreaterThan(100);
  expect(range?.high).toBeLessThan(110);
});

test('an uneven flow gives a wide one', () => {
  const { left, bytes } = follow((second) => (Math.floor(second / 10) % 2 === 0 ? 4 * MB : MB), 120);
  const range = left.range(bytes + 100 * MB);
  expect(range?.low).toBeLessThan(30);
  expect(range?.high).toBeGreaterThan(90);
});

test('a flow that stood still half of the time still has a finite end', () => {
  const { left, bytes } = follow((second) => (second % 8 < 4 ? 2 * MB : 0), 60);
  const range = left.range(bytes + 60 * MB);
  expect(range?.low).toBeGreaterThan(20);
  expect(range?.high).toBeGreaterThan(60);
  expect(range?.high).toBeLessThan(1000);
});

test('an old rate is forgotten', () => {
  const { left, bytes } = follow((second) => (second <= 200 ? 100 * MB : MB), 400);
  expect(left.range(bytes + 100 * MB)?.low).toBeCloseTo(100, 0);
});

test('nothing is said without an estimate, beyond it, too early, or of a flow that stands still', () => {
  const { left } = follow(() => MB, 30);
  expect(left.range(null)).toBeNull();
  expect(left.range(30 * MB)).toBeNull();
  expect(left.range(29 * MB)).toBeNull();
  expect(follow(() => MB, 4).left.range(100 * MB)).toBeNull();
  expect(follow((second) => (second < 10 ? MB : 0), 21).left.range(100 * MB)).toBeNull();
  expect(follow(() => 0, 8).left.range(100 * MB)).toBeNull();
  expect(new TimeLeft().range(100 * MB)).toBeNull();
});

test('after a restart it looks anew', () => {
  const { left } = follow(() => MB, 30);
  left.restart();
  expect(left.range(100 * MB)).toBeNull();
  for (let second = 31; second <= 40; second += 1) left.note(second * 10 * MB, second * 1000);
  expect(left.range(500 * MB)?.low).toBeCloseTo(10, 5);
});

test('notes that come far too often are thinned out', () => {
  const left = new TimeLeft();
  for (let ms = 0; ms <= 30_000; ms += 5) left.note(ms * 1000, ms);
  expect(left.range(60 * MB)?.low).toBeCloseTo(30, 0);
});
