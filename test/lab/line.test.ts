import { PassThrough } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Line, type LineConditions, Pacer } from './line.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A line between two streams under a clock that only the test moves. */
function lineUnder(changes: Partial<LineConditions>, admit: (bytes: number) => number = (bytes) => bytes) {
  const conditions: LineConditions = { delayMs: 0, bytesPerSecond: null, frozen: false, ...changes };
  const from = new PassThrough({ highWaterMark: 1024 * 1024 });
  const to = new PassThrough({ highWaterMark: 16 * 1024 * 1024 });
  const line = new Line(from, to, conditions, new Pacer(conditions), admit);
  let received = '';
  let ended = false;
  to.setEncoding('latin1');
  to.on('data', (text: string) => {
    received += text;
  });
  to.on('end', () => {
    ended = true;
  });
  return {
    conditions,
    from,
    line,
    received: () => received,
    ended: () => ended,
    async pass(ms: number): Promise<void> {
      await tick();
      vi.advanceTimersByTime(ms);
      await tick();
      await tick();
    },
  };
}

test('without conditions bytes go straight through, and so does the end', async () => {
  const line = lineUnder({});
  line.from.write('abc');
  line.from.end('def');
  await line.pass(0);
  expect(line.received()).toBe('abcdef');
  expect(line.ended()).toBe(true);
});

test('pieces under a delay travel at the same time, each for its own delay', async () => {
  const line = lineUnder({ delayMs: 100 });
  for (const piece of ['a', 'b', 'c', 'd']) {
    line.from.write(piece);
    await line.pass(10);
  }
  expect(line.received()).toBe('');
  await line.pass(60);
  expect(line.received()).toBe('a');
  await line.pass(10);
  expect(line.received()).toBe('ab');
  await line.pass(20);
  expect(line.received()).toBe('abcd');
});

test('the end of the stream does not overtake delayed bytes', async () => {
  const line = lineUnder({ delayMs: 100 });
  line.from.end('tail');
  await line.pass(99);
  expect([line.received(), line.ended()]).toEqual(['', false]);
  await line.pass(1);
  await line.pass(0);
  expect([line.received(), line.ended()]).toEqual(['tail', true]);
});

test('a rate lets through what it says, and a change of the rate takes effect at once', async () => {
  const line = lineUnder({ bytesPerSecond: 100_000 });
  line.from.write('x'.repeat(200_000));
  for (let second = 0; second < 100; second += 1) await line.pass(10);
  expect(line.received().length).toBeGreaterThan(95_000);
  expect(line.received().length).toBeLessThan(110_000);
  line.conditions.bytesPerSecond = null;
  line.line.move();
  await line.pass(0);
  expect(line.received().length).toBe(200_000);
});

test('a full line stops reading its source, and reads on when there is room', async () => {
  const line = lineUnder({ bytesPerSecond: 1_000_000 });
  for (let i = 0; i < 8; i += 1) line.from.write('x'.repeat(100_000));
  await line.pass(0);
  expect(line.from.isPaused()).toBe(true);
  for (let i = 0; i < 100; i += 1) await line.pass(10);
  expect(line.received().length).toBe(800_000);
  expect(line.from.isPaused()).toBe(false);
});

test('nothing moves while frozen, nothing is lost after it', async () => {
  const line = lineUnder({ delayMs: 50 });
  line.from.write('before');
  await line.pass(10);
  line.conditions.frozen = true;
  line.line.move();
  await line.pass(1000);
  expect(line.received()).toBe('');
  line.from.write('during');
  line.conditions.frozen = false;
  line.line.move();
  await line.pass(50);
  await line.pass(50);
  expect(line.received()).toBe('beforeduring');
});

test('what is not admitted is not written', async () => {
  let left = 4;
  const line = lineUnder({}, (bytes) => {
    const admitted = Math.min(bytes, left);
    left -= admitted;
    return admitted;
  });
  line.from.write('abcdefg');
  line.from.write('hij');
  await line.pass(0);
  expect(line.received()).toBe('abcd');
});

test('a closed line forgets what was under way', async () => {
  const line = lineUnder({ delayMs: 50 });
  line.from.write('lost');
  await line.pass(10);
  line.line.close();
  await line.pass(100);
  expect(line.received()).toBe('');
});
