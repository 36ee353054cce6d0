/** A run as the sum of its events: the same fold rebuilds it from a journal and keeps a window up to date. */
import type { Plan } from './plan.ts';
import { assertNever } from './result.ts';
import type { RunDetail, RunEvent } from './run.ts';

const MAX_MESSAGES = 500;

function begin(event: Extract<RunEvent, { event: 'started' }>, before: RunDetail | null): RunDetail {
  return {
    summary: {
      run: event.run,
      status: 'running',
      startedAt: before?.summary.startedAt ?? event.at,
      finishedAt: null,
      request: before?.summary.request ?? event.request,
      bytes: before?.summary.bytes ?? null,
      error: null,
      resumable: false,
    },
    plan: event.plan,
    progress: before?.progress ?? null,
    steps: event.plan.steps.map(({ kind, title }) => ({ kind, title, state: 'waiting' as const })),
    messages: before?.messages ?? [],
    retry: null,
    receipt: null,
    paused: before?.paused ?? false,
    limit: before === null ? event.request.limit : before.limit,
  };
}

type Steps = RunDetail['steps'];

/** @param steps are changed */
function withStep(steps: Steps, { index, state, leftOut }: Extract<RunEvent, { event: 'step' }>): Steps {
  const step = steps[index];
  if (step !== undefined) steps[index] = { ...step, state, leftOut };
  return steps;
}

/**
 * @param before null before the first event, which must be `started`
 * @returns the run after the event; null only for a journal that does not begin with `started`
 */
export function foldRun(before: RunDetail | null, event: RunEvent): RunDetail | null {
  if (event.event === 'started') return begin(event, before);
  if (before === null) return null;
  switch (event.event) {
    case 'step':
      return { ...before, retry: null, steps: withStep([...before.steps], event) };
    case 'progress': {
      const { event: _event, run: _run, at: _at, ...progress } = event;
      return {
        ...before,
        progress,
        retry: progress.phase === 'waiting' ? before.retry : null,
        summary: { ...before.summary, bytes: progress.bytes },
      };
    }
    case 'message':
      return {
        ...before,
        messages: [...before.messages, { at: event.at, host: event.host, level: event.level, text: event.text }].slice(
          -MAX_MESSAGES,
        ),
      };
    case 'control':
      return { ...before, paused: event.paused, limit: event.limit };
    case 'retry':
      return {
        ...before,
        retry: {
          attempt: event.attempt,
          until: new Date(Date.parse(event.at) + event.inMs).toISOString(),
          error: event.error,
        },
      };
    case 'finished':
      return {
        ...before,
        retry: null,
        paused: false,
        receipt: event.receipt,
        summary: {
          ...before.summary,
          status: event.status,
          finishedAt: event.at,
          bytes: event.receipt?.bytes ?? before.summary.bytes,
          error: event.error,
          resumable: event.status !== 'done',
        },
      };
    default:
      return assertNever(event);
  }
}

/**
 * The whole of a journal. A package of 6000 datasets has 40,000 steps and twice as many events: its steps are copied once, not for
 * each of them.
 *
 * @returns null if the journal does not begin with `started`
 */
export function foldJournal(events: readonly RunEvent[]): RunDetail | null {
  let detail: RunDetail | null = null;
  let own: Steps | null = null;
  for (const event of events) {
    if (event.event !== 'step' || detail === null) {
      detail = foldRun(detail, event);
      continue;
    }
    if (own !== detail.steps) own = [...detail.steps];
    detail = { ...detail, retry: null, steps: withStep(own, event) };
  }
  return detail;
}

/**
 * The plan that says what a run is to bring and to do afterwards: the first that knew the GUID of every snapshot. Plans of
 * later attempts hold only what was left then.
 */
export function promisedPlan(events: readonly RunEvent[]): Plan | null {
  const isVague = ({ streams }: Plan) => streams.length === 0 || streams.some(({ guid }) => guid === null);
  return events.reduce<Plan | null>(
    (promised, event) =>
      event.event === 'started' && (promised === null || isVague(promised)) ? event.plan : promised,
    null,
  );
}

/** How often a run was interrupted: by faults that it got over, and by the end of each process that carried it out. */
export const interruptionsIn = (events: readonly RunEvent[]): number =>
  events.filter((event) => event.event === 'retry').length +
  events.filter((event) => event.event === 'started' && event.attempt === 1).length;

/** How a run stands whose journal has no end and that nobody carries out: its process was killed. */
export function asInterrupted(detail: RunDetail): RunDetail {
  return {
    ...detail,
    retry: null,
    paused: false,
    summary: { ...detail.summary, status: 'interrupted', resumable: true },
  };
}
