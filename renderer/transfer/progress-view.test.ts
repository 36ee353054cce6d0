import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PhaseSchema, type Progress } from '../../shared/model/run.ts';
import { sending } from '../../shared/model/testing/progress.ts';
import { barOf, currentStep, silenceOf, spokenMark } from './progress-view.ts';

const progress = (parts: Partial<Progress>): Progress => ({
  ...sending,
  total: 100,
  ...parts,
});

describe('barOf', () => {
  it.each([
    [0, 0],
    [50, 0.5],
    [99, 0.99],
    [100, 0.99],
  ])('%d of 100 bytes is %d', (bytes, fraction) => expect(barOf(progress({ bytes })).fraction).toBe(fraction));

  it('tells no fraction over the estimate', () => {
    expect(barOf(progress({ bytes: 101 }))).toEqual({ fraction: null, why: 'over-estimate' });
    expect(barOf(progress({ bytes: 101, phase: 'proving' }))).toEqual({ fraction: 0.99, why: 'estimate' });
  });
  it('tells no fraction without an estimate', () => {
    expect(barOf(progress({ total: null, bytes: 5 }))).toEqual({ fraction: null, why: 'no-estimate' });
  });
  it('is full at the end alone', () => {
    expect(barOf(progress({ phase: 'ended', bytes: 500 })).fraction).toBe(1);
    expect(barOf(progress({ phase: 'proving', bytes: 100 })).fraction).toBe(0.99);
  });
  it('stands still for an estimate of nothing', () => expect(barOf(progress({ total: 0 })).fraction).toBe(0));
  it('never lies, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PhaseSchema.options), fc.nat(), fc.option(fc.nat()), (phase, bytes, total) => {
        const { fraction } = barOf(progress({ phase, bytes, total }));
        if (fraction === null) return true;
        return fraction >= 0 && fraction <= (phase === 'ended' ? 1 : 0.99);
      }),
    );
  });
});

describe('silenceOf', () => {
  it('speaks after half a minute', () => {
    expect(silenceOf(progress({ silentMs: 29_999 }))).toBeNull();
    expect(silenceOf(progress({ silentMs: 61_700 }))).toBe(61);
  });
  it('is quiet where no bytes are due', () => {
    expect(silenceOf(progress({ silentMs: 61_000, phase: 'waiting' }))).toBeNull();
    expect(silenceOf(null)).toBeNull();
  });
});

describe('currentStep', () => {
  const steps = (...states: ('waiting' | 'begun' | 'done' | 'failed')[]) =>
    states.map((state, index) => ({ kind: 'hold', title: `step ${index + 1}`, state }));
  it('is the one that began, else the next, else the last', () => {
    expect(currentStep(steps('done', 'begun', 'waiting'), false)).toMatchObject({ place: 2, count: 3 });
    expect(currentStep(steps('done', 'done', 'waiting'), false)).toMatchObject({ place: 3 });
    expect(currentStep(steps('done', 'failed', 'done'), false)).toMatchObject({ place: 3 });
    expect(currentStep([], false)).toBeNull();
  });
  it('is the one that is tried again', () => {
    expect(currentStep(steps('done', 'failed', 'waiting'), true)).toMatchObject({ place: 2 });
    expect(currentStep(steps('done', 'begun', 'waiting'), true)).toMatchObject({ place: 2 });
  });
});

describe('spokenMark', () => {
  it.each([
    [0, 0],
    [0.099, 0],
    [0.3, 30],
    [0.99, 90],
    [1, 100],
  ])('%d is spoken as %d', (fraction, mark) => expect(spokenMark({ fraction, why: 'estimate' })).toBe(mark));
  it('is silent without a fraction', () => expect(spokenMark({ fraction: null, why: 'no-estimate' })).toBeNull());
});
