/** What the big figures and the bar show. Pure: an honest bar is a matter of rules, not of drawing. */
import type { Phase, Progress, RunDetail } from '../../shared/model/run.ts';

/** The bar waits here until the run has really ended: an estimate that is met is no end. */
const MOST_BEFORE_THE_END = 0.99;

export interface Bar {
  /** 0 to 1; null: it cannot be told, and the bar says so by moving without a place. */
  readonly fraction: number | null;
  readonly why: 'estimate' | 'no-estimate' | 'over-estimate';
}

/**
 * Never past 99 % before the end, never past 100 %; while sending over the estimate no fraction at all, since there is
 * none to tell. Once all is sent, the estimate does not matter any more.
 */
export function barOf(progress: Pick<Progress, 'phase' | 'bytes' | 'total'> | null): Bar {
  if (progress === null) return { fraction: 0, why: 'estimate' };
  const { phase, bytes, total } = progress;
  if (phase === 'ended') return { fraction: 1, why: 'estimate' };
  if (total === null) return { fraction: null, why: 'no-estimate' };
  if (bytes > total && phase === 'sending') return { fraction: null, why: 'over-estimate' };
  const fraction = total === 0 ? 0 : bytes / total;
  return { fraction: Math.min(MOST_BEFORE_THE_END, fraction), why: 'estimate' };
}

/** Silence that is worth a word, in whole seconds; null while bytes flow or none are due. */
export function silenceOf(progress: Progress | null, patienceMs = 30_000): number | null {
  if (progress === null || progress.silentMs < patienceMs) return null;
  const isDue: readonly Phase[] = ['sending', 'finishing'];
  return isDue.includes(progress.phase) ? Math.floor(progress.silentMs / 1000) : null;
}

/**
 * The step under way: 1-based place, how many, its title; after the last one the last.
 *
 * @param isRetried whether the step that failed last is tried again in a moment: then it is the one
 */
export function currentStep(
  steps: RunDetail['steps'],
  isRetried: boolean,
): { readonly place: number; readonly count: number; readonly title: string } | null {
  const begun = steps.findIndex(({ state }) => state === 'begun');
  const waiting = steps.findIndex(({ state }) => state === 'waiting');
  const failed = isRetried ? steps.findLastIndex(({ state }) => state === 'failed') : -1;
  const index = [begun, failed, waiting].find((found) => found >= 0) ?? steps.length - 1;
  const step = steps[index];
  return step === undefined ? null : { place: index + 1, count: steps.length, title: step.title };
}

/** The ten-percent mark that was passed, for screen readers; null where no fraction is known. */
export function spokenMark(bar: Bar): number | null {
  return bar.fraction === null ? null : Math.floor(bar.fraction * 10 + 1e-9) * 10;
}
