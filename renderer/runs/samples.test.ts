import { describe, expect, it } from 'vitest';
import type { Progress, RunDetail, RunEvent } from '../../shared/model/run.ts';
import { addSample, type Sample, sampleOf, samplesSince, summarise } from './samples.ts';

const at = (seconds: number, bytesPerSecond = 1): Sample => ({ at: seconds * 1000, bytesPerSecond, bytes: seconds });
const fill = (seconds: readonly number[]) =>
  seconds.reduce<readonly Sample[]>((samples, second) => addSample(samples, at(second)), []);

describe('addSample', () => {
  it('keeps one a second, the newest', () => {
    expect(fill([0, 0.1, 0.5, 1, 1.4, 2.1]).map((sample) => sample.at)).toEqual([500, 1400, 2100]);
  });
  it('draws a pause as nothing, not as a slope', () => {
    const samples = [at(0, 9), at(1, 9), at(10, 9)].reduce<readonly Sample[]>(addSample, []);
    expect(samples.map((sample) => [sample.at / 1000, sample.bytesPerSecond])).toEqual([
      [0, 9],
      [1, 9],
      [2, 0],
      [9, 0],
      [10, 9],
    ]);
  });
  it('takes no sample from the past', () => expect(fill([5, 4])).toHaveLength(1));
  it('stays bounded, keeps the newest whole and the oldest at all', () => {
    const day = fill(Array.from({ length: 20_000 }, (_, second) => second));
    expect(day.length).toBeLessThanOrEqual(7200);
    expect(day[0]?.at).toBe(0);
    expect(day.slice(-60).map((sample) => sample.at)).toEqual(
      Array.from({ length: 60 }, (_, index) => (19_940 + index) * 1000),
    );
  });
});

describe('samplesSince', () => {
  const samples = fill([0, 1, 2, 3]);
  it('looks back from the newest', () => expect(samplesSince(samples, 1500)).toHaveLength(2));
  it('is everything without a window', () => expect(samplesSince(samples, null)).toBe(samples));
});

describe('summarise', () => {
  it('says the range and the mean', () => {
    expect(summarise([at(0, 10), at(1, 30), at(2, 20)])).toEqual({ least: 10, most: 30, mean: 20 });
  });
  it('says nothing of nothing', () => expect(summarise([])).toBeNull());
});

describe('sampleOf', () => {
  const progress: Progress = {
    phase: 'sending',
    bytes: 500,
    total: 1000,
    bytesPerSecond: 90,
    meanBytesPerSecond: 90,
    secondsLeft: null,
    silentMs: 0,
    sent: { bytes: 500, ms: 5 },
    stream: null,
  };
  const event = (what: object) => ({ run: '20260101-000000-abcd', at: '2026-01-01T00:00:00Z', ...what }) as RunEvent;
  const run = (paused: boolean): Pick<RunDetail, 'paused' | 'progress'> => ({ paused, progress });
  const at = Date.parse('2026-01-01T00:00:00Z');
  it('is what the meter says while bytes flow', () =>
    expect(sampleOf(event({ event: 'progress', ...progress }), run(false))).toEqual({
      at,
      bytesPerSecond: 90,
      bytes: 500,
    }));
  it('falls to nothing where the run is paused, and stays there', () => {
    const nothing = { at, bytesPerSecond: 0, bytes: 500 };
    expect(sampleOf(event({ event: 'control', paused: true, limit: null }), run(true))).toEqual(nothing);
    expect(sampleOf(event({ event: 'progress', ...progress }), run(true))).toEqual(nothing);
  });
  it('is none where the run goes on, or where no bytes are due', () => {
    expect(sampleOf(event({ event: 'control', paused: false, limit: 5 }), run(false))).toBeNull();
    expect(sampleOf(event({ event: 'progress', ...progress, phase: 'proving' }), run(false))).toBeNull();
  });
});
