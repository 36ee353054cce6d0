import { describe, expect, it } from 'vitest';
import { laptop, nas, planOf } from '../planning/testing/inventories.ts';
import { failure } from './failure.ts';
import { type Receipt, type RunDetail, RunDetailSchema, type RunEvent, RunEventSchema } from './run.ts';
import { asInterrupted, foldJournal, foldRun, interruptionsIn, promisedPlan } from './run-state.ts';

const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']) });
const run = '20261121-225800-abcd';
let second = 0;
const at = () => new Date(Date.parse('2026-11-21T22:58:00Z') + 1000 * second++).toISOString();
const base = () => ({ run, at: at() });

const started = (attempt = 1): RunEvent => ({ ...base(), event: 'started', attempt, request: plan.request, plan });
const step = (index: number, state: 'begun' | 'done' | 'failed'): RunEvent => ({
  ...base(),
  event: 'step',
  index,
  kind: plan.steps[index]?.kind ?? '',
  title: plan.steps[index]?.title ?? '',
  state,
});
const progress = (bytes: number, phase: 'sending' | 'waiting' = 'sending'): RunEvent => ({
  ...base(),
  event: 'progress',
  phase,
  bytes,
  total: null,
  bytesPerSecond: 1,
  meanBytesPerSecond: 1,
  secondsLeft: null,
  silentMs: 0,
  sent: { bytes, ms: 0 },
  stream: null,
});
const lost = failure({ code: 'connection-lost', message: 'Gone.', kind: 'passing' });
const retry = (inMs: number): RunEvent => ({ ...base(), event: 'retry', attempt: 1, inMs, error: lost });
const message = (text: string): RunEvent => ({ ...base(), event: 'message', host: 'nas', level: 'info', text });
const finished = (
  status: 'done' | 'failed' | 'cancelled' | 'interrupted',
  receipt: Receipt | null = null,
): RunEvent => ({
  ...base(),
  event: 'finished',
  status,
  receipt,
  error: status === 'failed' ? lost : null,
});

/** @throws if an event is not one, so that the tests cannot drift from the schema */
function fold(...events: RunEvent[]): RunDetail {
  const parsed = events.map((event) => RunEventSchema.parse(event));
  const detail = parsed.reduce<RunDetail | null>(foldRun, null);
  expect(foldJournal(parsed)).toEqual(detail);
  if (detail === null) throw new Error('nothing was folded');
  return RunDetailSchema.parse(detail);
}

describe('a run is the sum of its events', () => {
  it('begins with all steps waiting', () => {
    const detail = fold(started());
    expect(detail.summary).toMatchObject({ run, status: 'running', bytes: null, finishedAt: null, resumable: false });
    expect(new Set(detail.steps.map(({ state }) => state))).toEqual(new Set(['waiting']));
    expect(detail.steps).toHaveLength(plan.steps.length);
  });

  it.each([step(0, 'begun'), progress(1), retry(1), message('x'), finished('done')])(
    'is nothing without a beginning ($event)',
    (event) => {
      expect(foldRun(null, event)).toBeNull();
      expect(foldJournal([event])).toBeNull();
    },
  );

  it('keeps each step’s last state', () => {
    const detail = fold(started(), step(0, 'begun'), step(0, 'done'), step(1, 'begun'), step(1, 'failed'));
    expect(detail.steps.slice(0, 3).map(({ state }) => state)).toEqual(['done', 'failed', 'waiting']);
  });

  it('passes over a step that the plan does not have', () => {
    expect(fold(started(), step(99, 'done')).steps).toEqual(fold(started()).steps);
  });

  it('a new attempt has the new plan’s steps, and keeps the beginning, the request and what was said', () => {
    const first = started();
    const other = { ...started(2), request: { ...plan.request, limit: 5 } } as RunEvent;
    const detail = fold(first, message('hello'), step(0, 'done'), progress(7), retry(1000), other);
    expect(detail.summary.startedAt).toBe(first.at);
    expect(detail.summary.request).toEqual(plan.request);
    expect(detail.summary.bytes).toBe(7);
    expect(detail.messages.map(({ text }) => text)).toEqual(['hello']);
    expect(detail.steps[0]?.state).toBe('waiting');
    expect(detail.retry).toBeNull();
  });

  it('says until when it waits, and no longer than it does', () => {
    const pause = retry(2500);
    const waiting = fold(started(), pause, progress(0, 'waiting'));
    expect(waiting.retry?.until).toBe(new Date(Date.parse(pause.at) + 2500).toISOString());
    expect(fold(started(), pause, progress(0, 'waiting'), progress(0)).retry).toBeNull();
    expect(fold(started(), pause, step(0, 'begun')).retry).toBeNull();
  });

  it('remembers the last five hundred messages', () => {
    const detail = fold(started(), ...Array.from({ length: 510 }, (_, at) => message(`${at}`)));
    expect(detail.messages).toHaveLength(500);
    expect(detail.messages.at(-1)?.text).toBe('509');
  });

  it.each([
    ['done', false],
    ['failed', true],
    ['cancelled', true],
    ['interrupted', true],
  ] as const)('%s at the end: resumable is %s', (status, resumable) => {
    const end = finished(status);
    const detail = fold(started(), progress(12), end);
    expect(detail.summary).toMatchObject({ status, resumable, finishedAt: end.at, bytes: 12 });
    expect(detail.summary.error?.code ?? null).toBe(status === 'failed' ? 'connection-lost' : null);
  });

  it('goes on after its end when it is resumed', () => {
    const detail = fold(started(), progress(12), finished('interrupted'), started(1));
    expect(detail.summary).toMatchObject({ status: 'running', finishedAt: null, error: null, resumable: false });
  });

  it('is interrupted if its journal just ends', () => {
    expect(asInterrupted(fold(started(), retry(1))).summary).toMatchObject({ status: 'interrupted', resumable: true });
    expect(asInterrupted(fold(started(), retry(1))).retry).toBeNull();
  });

  it('does not change what it is given', () => {
    const before = fold(started());
    const copy = structuredClone(before);
    for (const event of [step(0, 'done'), progress(1), message('x'), retry(1), finished('done'), started(2)])
      foldRun(before, event);
    expect(before).toEqual(copy);
  });
});

describe('the plan that a run promised', () => {
  const start = (streams: typeof plan.streams, attempt = 1): RunEvent => ({
    ...base(),
    event: 'started',
    attempt,
    request: plan.request,
    plan: { ...plan, streams },
  });
  const vague = plan.streams.map((stream) => ({ ...stream, guid: null }));

  it('is the first that knew its GUIDs, whatever was left for later attempts', () => {
    expect(promisedPlan([start(plan.streams), start([], 2)])?.streams).toEqual(plan.streams);
    expect(promisedPlan([start(vague), start(plan.streams, 2), start([], 1)])?.streams).toEqual(plan.streams);
    expect(promisedPlan([])).toBeNull();
  });

  it('was interrupted by each fault that it got over, and by the end of each process', () => {
    expect(interruptionsIn([start(plan.streams), retry(1), start([], 2), start([], 1)])).toBe(3);
  });
});
