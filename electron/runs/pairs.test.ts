import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Receipt, RunEvent } from '../../shared/model/run.ts';
import { ds, emptyNas, laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { openPairBook } from './pairs.ts';

const ends = [
  { host: 'laptop', dataset: ds('tank/home') },
  { host: 'nas', dataset: ds('backup/home') },
] as const;
const first = planOf({ source: laptop(['a']), destination: emptyNas() });
const update = planOf({ source: laptop(['a', 'b']), destination: nas(['a']), request: { raw: 'yes' } });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sluice-pairs-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** A run of the plan in which the sending steps end so. */
function events(plan: Plan, state: 'done' | 'failed'): RunEvent[] {
  const base = { run: '20261121-233216-k3f9', at: '2026-11-21T23:32:16.000Z' };
  return [
    { ...base, event: 'started', attempt: 1, request: plan.request, plan },
    ...plan.steps.flatMap(({ kind, title }, index): RunEvent[] => [
      { ...base, event: 'step', index, kind, title, state: 'begun' },
      { ...base, event: 'step', index, kind, title, state },
    ]),
    { ...base, event: 'finished', status: state === 'done' ? 'done' : 'failed', receipt: null, error: null },
  ];
}

it('what has arrived freezes its flags, on disk, for that pair alone', () => {
  const path = folder();
  const book = openPairBook(path);
  expect(book.get(...ends)).toBeNull();
  for (const event of events(first, 'failed')) book.observe(event);
  expect(book.get(...ends)).toBeNull();
  for (const event of events(first, 'done')) book.observe(event);
  const frozen = { raw: false, largeBlocks: false, compressed: true, embedded: false };
  expect(openPairBook(path).get(...ends)).toEqual(frozen);
  expect(book.get(ends[0], { ...ends[1], dataset: ds('backup/other') })).toBeNull();
  expect(book.get(ends[1], ends[0])).toBeNull();
});

it('a later update changes nothing, a copy made anew does', () => {
  const book = openPairBook(folder());
  for (const event of events(update, 'done')) book.observe(event);
  expect(book.get(...ends)?.raw).toBe(true);
  for (const event of events(first, 'done')) book.observe(event);
  expect(book.get(...ends)?.raw).toBe(false);
  for (const event of events(update, 'done')) book.observe(event);
  expect(book.get(...ends)?.raw).toBe(false);
});

it('a refusal that tells how the copy was sent before is learned from, where one stream was refused', () => {
  const book = openPairBook(folder());
  const refused = events(planOf({ source: laptop(['a', 'b']), destination: nas(['a']) }), 'failed').map(
    (event): RunEvent =>
      event.event === 'finished'
        ? { ...event, error: failure({ code: 'large-blocks-before', message: 'It requires -L.' }) }
        : event,
  );
  for (const event of refused) book.observe(event);
  expect(book.get(...ends)).toMatchObject({ largeBlocks: true, raw: false });
});

it.each(['{"pairs": 5}', '{"pairs": {"x": {"raw": "perhaps"}}}', 'not JSON'])(
  '%s is as good as nothing known',
  (content) => {
    const path = folder();
    writeFileSync(join(path, 'pairs.json'), content);
    const book = openPairBook(path);
    expect(book.get(...ends)).toBeNull();
    for (const event of events(first, 'done')) book.observe(event);
    expect(book.get(...ends)?.compressed).toBe(true);
  },
);

describe('how fast the direct way was', () => {
  const receipt = { bytes: 5e9, meanBytesPerSecond: 90e6, interruptions: 0 } as Receipt;
  const rateAfter = (changes: Partial<Receipt>, plan: Partial<Plan> = {}) => {
    const path = folder();
    const book = openPairBook(path);
    const [started, ...rest] = events({ ...first, route: 'direct', ...plan }, 'done');
    if (started !== undefined) book.observe(started);
    for (const event of rest)
      book.observe(event.event === 'finished' ? { ...event, receipt: { ...receipt, ...changes } } : event);
    return [openPairBook(path).directRate('laptop', 'nas'), book.directRate('nas', 'laptop')];
  };

  it('is known from the last long run, one way', () => {
    expect(rateAfter({})).toEqual([90e6, null]);
  });

  it.each([
    ['little was carried', { bytes: 1e6 }, {}],
    ['it was interrupted', { interruptions: 1 }, {}],
    ['it went another way', {}, { route: 'relay' }],
    ['it was limited', {}, { request: { ...first.request, limit: 5 } }],
  ] as const)('is not learnt where %s', (_, changes, plan) => {
    expect(rateAfter(changes, plan)).toEqual([null, null]);
  });
});
