import { expect, it } from 'vitest';
import type { RunDetail } from '../../shared/model/run.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { fitsRun, onlyIn } from './compare.ts';

const plan = planOf({ source: laptop(['a', 'b', 'c']), destination: nas(['a']) });
const run = (streams: number): RunDetail => ({
  summary: {
    run: '20261121-225800-abcd',
    status: 'done',
    startedAt: '2026-11-21T22:58:00.000Z',
    finishedAt: null,
    request: plan.request,
    bytes: null,
    error: null,
    resumable: false,
  },
  plan: { ...plan, streams: plan.streams.slice(0, streams) },
  progress: null,
  steps: [],
  messages: [],
  retry: null,
  receipt: null,
  paused: false,
  limit: null,
});

it('names the snapshots that only one of two runs brought', () => {
  expect(plan.streams.length).toBe(2);
  expect(onlyIn(run(2), run(1))).toEqual([plan.streams[1]?.snapshot]);
  expect(onlyIn(run(1), run(2))).toEqual([]);
});

it('finds runs by host, dataset and status', () => {
  const { summary } = run(1);
  expect(fitsRun(summary, summary.request.source.dataset, null)).toBe(true);
  expect(fitsRun(summary, summary.request.destination.host, 'done')).toBe(true);
  expect(fitsRun(summary, '', 'failed')).toBe(false);
  expect(fitsRun(summary, 'nowhere', null)).toBe(false);
});
