/** The rate over time, as the window saw it. Pure. */
import type { RunDetail, RunEvent } from '../../shared/model/run.ts';

export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly bytesPerSecond: number;
  readonly bytes: number;
}

/** Two hours at one a second; older ones are thinned, so that a day still fits. */
const MOST = 7200;
const STEP_MS = 1000;
/** Samples come many times a second while bytes are due; a longer gap is a pause, and is drawn as one. */
const GAP_MS = 3000;

/**
 * What an event says about the rate; null where it says nothing. A pause is a rate of nothing from its first moment on,
 * whatever the mean over the last seconds still says.
 *
 * @param detail the run after the event
 */
export function sampleOf(event: RunEvent, detail: Pick<RunDetail, 'paused' | 'progress'> | null): Sample | null {
  const at = Date.parse(event.at);
  if (event.event === 'control')
    return event.paused && detail?.progress?.phase === 'sending'
      ? { at, bytesPerSecond: 0, bytes: detail.progress.bytes }
      : null;
  if (event.event !== 'progress' || (event.phase !== 'sending' && event.phase !== 'finishing')) return null;
  return { at, bytesPerSecond: detail?.paused === true ? 0 : event.bytesPerSecond, bytes: event.bytes };
}

/** Adds a sample; within a second the newest stands for it. Past the most, every second one of the older half goes. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at <= last.at) return samples;
  if (last !== undefined && Math.floor(sample.at / STEP_MS) === Math.floor(last.at / STEP_MS)) {
    return [...samples.slice(0, -1), sample];
  }
  const pause =
    last === undefined || sample.at - last.at < GAP_MS
      ? []
      : [
          { ...last, at: last.at + STEP_MS, bytesPerSecond: 0 },
          { ...last, at: sample.at - STEP_MS, bytesPerSecond: 0 },
        ];
  const all = [...samples, ...pause, sample];
  if (all.length <= MOST) return all;
  const half = Math.floor(all.length / 2);
  return [...all.slice(0, half).filter((_, index) => index % 2 === 0), ...all.slice(half)];
}

/** @param windowMs how far back; null: all */
export function samplesSince(samples: readonly Sample[], windowMs: number | null): readonly Sample[] {
  const last = samples.at(-1);
  if (windowMs === null || last === undefined) return samples;
  const from = last.at - windowMs;
  const first = samples.findIndex(({ at }) => at >= from);
  return first <= 0 ? samples : samples.slice(first);
}

export interface Summary {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
}

/** Of the rates of the samples, for a sentence that says what the chart shows; null where there are none. */
export function summarise(samples: readonly Sample[]): Summary | null {
  if (samples.length === 0) return null;
  const rates = samples.map(({ bytesPerSecond }) => bytesPerSecond);
  return {
    least: rates.reduce((a, b) => Math.min(a, b)),
    most: rates.reduce((a, b) => Math.max(a, b)),
    mean: rates.reduce((a, b) => a + b, 0) / rates.length,
  };
}
