import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import type { RunEvent } from '../../shared/model/run.ts';
import { sending } from '../../shared/model/testing/progress.ts';
import { keepCharts, takeCharts } from './kept-samples.ts';
import { addMark, type Mark } from './marks.ts';

const run = '20261121-225800-abcd';
const at = (second: number) => new Date(1000 * second).toISOString();
const progress = (second: number, snapshot: string): RunEvent => ({
  event: 'progress',
  run,
  at: at(second),
  ...sending,
  stream: { index: 0, count: 2, snapshot, bytes: 0, total: null },
});
const retry: RunEvent = {
  event: 'retry',
  run,
  at: at(3),
  attempt: 1,
  inMs: 1,
  error: failure({ code: 'connection-lost', message: 'Gone.' }),
};
const marks = [progress(1, 'a'), progress(2, 'a'), retry, progress(4, 'b'), progress(5, 'a')].reduce<readonly Mark[]>(
  addMark,
  [],
);

it('marks each snapshot once, and every retry', () => {
  expect(marks.map(({ at: when, kind, what }) => [when / 1000, kind, what])).toEqual([
    [1, 'snapshot', 'a'],
    [3, 'retry', 'Gone.'],
    [4, 'snapshot', 'b'],
  ]);
});

describe('charts over a reload', () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  } as unknown as Storage;
  it('come back as they were kept, once', () => {
    const chart = { samples: [{ at: 1, bytesPerSecond: 2, bytes: 3 }], marks };
    keepCharts({ [run]: chart }, storage);
    expect(takeCharts(storage)).toEqual({ [run]: chart });
    expect(takeCharts(storage)).toEqual({});
  });
  it.each(['', '{', '[]', '{"x":{"samples":1}}'])('are nothing where %j was kept', (text) => {
    storage.setItem('sluice.samples', text);
    expect(takeCharts(storage)).toEqual({});
  });
});
