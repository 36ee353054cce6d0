import { describe, expect, it } from 'vitest';
import { type Progress, ProgressSchema } from '../../shared/model/run.ts';
import { laptop, nas, partial, planOf } from '../../shared/planning/testing/inventories.ts';
import type { Meter } from '../transfer/job.ts';
import { RunProgress } from './progress.ts';

const source = laptop(['a', 'b', 'c']);
/** `a` is there; `b` (40 bytes) and `c` (60 bytes) are brought by one send. */
const chain = planOf({ source, destination: nas(['a']), measured: [{ total: 100, parts: [40, 60] }] });
/** `b` arrived, 25 bytes of `c` are kept. */
const resumed = planOf({
  source,
  destination: nas(['a', 'b'], { partial: partial('tank/home@c', 'b', { bytes: 25 }) }),
  measured: [{ total: 35, parts: [35] }],
});
/** 10 bytes of `b` are kept: two sends. */
const twoSends = planOf({
  source,
  destination: nas(['a'], { partial: partial('tank/home@b', 'a', { bytes: 10 }) }),
  measured: [
    { total: 30, parts: [30] },
    { total: 60, parts: [60] },
  ],
});
const unknown = planOf({ source, destination: nas(['a']) });
const nothing = planOf({ source, destination: nas(['a', 'b', 'c']) });

const meter = (bytes: number, parts: Partial<Meter> = {}): Meter => ({
  phase: 'sending',
  bytes,
  bytesPerSecond: 7,
  meanBytesPerSecond: 5,
  silentMs: 3,
  ...parts,
});
const brief = ({ bytes, total }: Progress) => [bytes, total];

function begun(plan = chain, streams: readonly number[] = [0, 1]) {
  const progress = new RunProgress();
  progress.plan(plan);
  progress.begin(streams);
  return progress;
}

describe('progress', () => {
  it('before anything is known', () => {
    expect(ProgressSchema.parse(new RunProgress().now('planning'))).toEqual({
      phase: 'planning',
      bytes: 0,
      total: null,
      bytesPerSecond: 0,
      meanBytesPerSecond: 0,
      secondsLeft: null,
      silentMs: 0,
      sent: { bytes: 0, ms: 0 },
      stream: null,
    });
  });

  it('of one send: what the meter says', () => {
    expect(ProgressSchema.parse(begun().meter(meter(30)))).toEqual({
      phase: 'sending',
      bytes: 30,
      total: 100,
      bytesPerSecond: 7,
      meanBytesPerSecond: 5,
      secondsLeft: null,
      silentMs: 3,
      sent: { bytes: 30, ms: expect.any(Number) },
      stream: { index: 1, count: 2, snapshot: 'tank/home@c', bytes: 30, total: 100 },
    });
  });

  it('the rate of the last seconds is said only while sending', () => {
    const progress = begun();
    progress.meter(meter(30));
    expect(progress.meter(meter(30, { phase: 'finishing' })).bytesPerSecond).toBe(0);
  });

  it('may pass the estimate, and says so by the figures', () => {
    expect(brief(begun().meter(meter(130)))).toEqual([130, 100]);
  });

  it('unknown stays unknown', () => {
    const told = begun(unknown).meter(meter(30));
    expect([told.total, told.stream?.total, told.secondsLeft]).toEqual([null, null, null]);
  });

  it('what is kept counts before its stream goes on: nothing falls back to 0 meanwhile', () => {
    const progress = new RunProgress();
    progress.plan(resumed);
    expect(brief(progress.now('preparing'))).toEqual([25, 60]);
    progress.begin([0]);
    expect(brief(progress.now('connecting'))).toEqual([25, 60]);
  });

  it('resumed parts count from the beginning', () => {
    const told = begun(resumed, [0]).meter(meter(5));
    expect(brief(told)).toEqual([30, 60]);
    expect(told.stream).toMatchObject({ bytes: 30, total: 60 });
  });

  it('of several sends: what is through stays, as long as it really was', () => {
    const progress = begun(twoSends, [0]);
    progress.meter(meter(33));
    progress.end(33, 1000, true);
    expect(brief(progress.now('preparing'))).toEqual([43, 100]);
    expect(progress.now('preparing').stream).toBeNull();
    progress.begin([1]);
    expect(brief(progress.meter(meter(20)))).toEqual([63, 100]);
    progress.end(60, 1000, true);
    expect(brief(progress.now('proving'))).toEqual([103, 100]);
  });
});

describe('after a cut', () => {
  it('stays where it was while it waits', () => {
    const progress = begun();
    progress.meter(meter(70));
    progress.end(70, 1000, false);
    expect(brief(progress.now('waiting'))).toEqual([70, 100]);
    expect(progress.now('waiting').bytesPerSecond).toBe(0);
  });

  it('goes on from what was kept; what arrived before counts, and the total is still that of all', () => {
    const progress = begun();
    progress.meter(meter(70));
    progress.end(70, 1000, false);
    progress.plan(resumed);
    expect(brief(progress.now('planning'))).toEqual([65, 100]);
    progress.begin([0]);
    expect(brief(progress.now('connecting'))).toEqual([65, 100]);
    expect(brief(progress.meter(meter(35)))).toEqual([100, 100]);
  });

  it('starts again from nothing where nothing was kept', () => {
    const progress = begun();
    progress.meter(meter(30));
    progress.end(30, 1000, false);
    progress.plan(chain);
    progress.begin([0, 1]);
    expect(brief(progress.meter(meter(1)))).toEqual([1, 100]);
  });

  it('a new plan with nothing to send: all of it was through', () => {
    const progress = begun();
    progress.end(100, 1000, false);
    progress.plan(nothing);
    expect(brief(progress.now('proving'))).toEqual([100, 100]);
  });

  it('twice: nothing is counted twice', () => {
    const progress = begun();
    progress.end(70, 1000, false);
    progress.plan(resumed);
    progress.begin([0]);
    progress.end(10, 1000, false);
    progress.plan(nothing);
    expect(brief(progress.now('proving'))).toEqual([100, 100]);
  });
});

describe('what went over the wire', () => {
  it('is all of it, what was lost included, resumed parts left out', () => {
    const progress = begun();
    progress.end(70, 2000, false);
    progress.plan(resumed);
    progress.begin([0]);
    progress.end(35, 1500, true);
    expect(progress.sent).toEqual({ bytes: 105, ms: 3500 });
    expect(progress.now('proving').meanBytesPerSecond).toBe(30);
  });

  it('goes on counting where the process before left off', () => {
    const progress = new RunProgress({ bytes: 1000, ms: 4000 });
    progress.plan(resumed);
    progress.begin([0]);
    progress.meter(meter(20));
    expect(progress.sent.bytes).toBe(1020);
    progress.end(35, 1175, true);
    expect(progress.sent).toEqual({ bytes: 1035, ms: 5175 });
    expect(progress.now('proving').meanBytesPerSecond).toBe(200);
  });

  it('has a mean of its own once there was a stream before', () => {
    const progress = begun(twoSends, [0]);
    expect(progress.meter(meter(20)).meanBytesPerSecond).toBe(5);
    progress.end(30, 1000, true);
    progress.begin([1]);
    expect(progress.meter(meter(1)).meanBytesPerSecond).not.toBe(5);
  });

  it('books that are kept while a stream is under way do not hide it', () => {
    const hold = chain.steps.find(({ kind }) => kind === 'hold');
    if (hold === undefined) throw new Error('The plan holds nothing');
    const idle = new RunProgress();
    idle.plan(chain);
    expect(idle.beside(hold).phase).toBe('preparing');
    const progress = begun();
    progress.meter(meter(10));
    expect(progress.beside(hold)).toMatchObject({ phase: 'sending', bytes: 10, bytesPerSecond: 7 });
  });
});
