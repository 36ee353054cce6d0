/** Follows runs for as long as the window is open, so that a page that comes back finds its run and its chart. */
import { create } from 'zustand';
import type { Failure } from '../../shared/model/failure.ts';
import type { RunDetail, RunEvent } from '../../shared/model/run.ts';
import { foldRun } from '../../shared/model/run-state.ts';
import { sluice } from '../connection/client.ts';
import { CONNECTION_LOST, failureOf } from '../connection/failure-of.ts';
import { whenOpen } from '../connection/state.ts';
import { t } from '../texts/texts.ts';
import { announce } from '../ui/announce.ts';
import { keepCharts, takeCharts } from './kept-samples.ts';
import { addMark, type Mark } from './marks.ts';
import { notifyOfEnd } from './notify.ts';
import { addSample, type Sample, sampleOf } from './samples.ts';

export interface RunView {
  readonly detail: RunDetail | null;
  readonly samples: readonly Sample[];
  readonly marks: readonly Mark[];
  readonly failure: Failure | null;
}

const nothing: RunView = { detail: null, samples: [], marks: [], failure: null };

export const useRunViews = create<{ readonly byRun: Readonly<Record<string, RunView>> }>(() => ({
  byRun: Object.fromEntries(
    Object.entries(takeCharts(sessionStorage)).map(([run, chart]) => [run, { ...nothing, ...chart }]),
  ),
}));

// The last that a page does before it is loaded anew.
window.addEventListener('pagehide', () => {
  const running = Object.entries(useRunViews.getState().byRun).filter(
    ([, { detail }]) => detail?.summary.status === 'running',
  );
  keepCharts(Object.fromEntries(running), sessionStorage);
});

function put(run: string, change: Partial<RunView>): void {
  useRunViews.setState(({ byRun }) => ({ byRun: { ...byRun, [run]: { ...(byRun[run] ?? nothing), ...change } } }));
}

const viewOf = (run: string): RunView => useRunViews.getState().byRun[run] ?? nothing;

/** Events are asked for before the state, so that none is missed; a message may then come twice. */
function isKnown(detail: RunDetail | null, event: RunEvent): boolean {
  return (
    event.event === 'message' &&
    detail?.messages.some(({ at, host, text }) => at === event.at && host === event.host && text === event.text) ===
      true
  );
}

function take(run: string, event: RunEvent): void {
  const { detail, samples, marks } = viewOf(run);
  if (isKnown(detail, event)) return;
  const next = foldRun(detail, event);
  const sample = sampleOf(event, next);
  put(run, {
    detail: next,
    samples: sample === null ? samples : addSample(samples, sample),
    marks: addMark(marks, event),
  });
}

/** One pass: the state, and the events after it until they end. */
async function follow(run: string): Promise<void> {
  const events = await sluice.runs.watch({ run });
  put(run, { detail: await sluice.runs.get({ run }), failure: null });
  let hasEnded = false;
  for await (const event of events) {
    take(run, event);
    hasEnded = event.event === 'finished';
  }
  const detail = await sluice.runs.get({ run });
  put(run, { detail });
  if (!hasEnded) return;
  announce(t(`runs.notice.${detail.summary.status}`));
  notifyOfEnd(detail);
}

const followed = new Set<string>();

/**
 * Follows a run until it ends, over lost lines; a run that has ended is read once. Calling it for a run that is
 * followed already does nothing.
 */
export async function followRun(run: string): Promise<void> {
  if (followed.has(run)) return;
  followed.add(run);
  try {
    for (;;) {
      try {
        await follow(run);
        return;
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure.code !== CONNECTION_LOST) {
          put(run, { failure });
          return;
        }
        await whenOpen();
      }
    }
  } finally {
    followed.delete(run);
  }
}
