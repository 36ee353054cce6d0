/** What is said of a step or a stream, from its own state and that of its run. Pure. */
import type { RunDetail } from '../../shared/model/run.ts';
import type { Tone } from '../ui/Mark.tsx';

type State = RunDetail['steps'][number]['state'];
export type ShownState = State | 'paused' | 'stopped' | 'notDone';

export const STATE_TONES = {
  waiting: 'waiting',
  begun: 'running',
  paused: 'paused',
  done: 'good',
  failed: 'bad',
  stopped: 'stopped',
  notDone: 'waiting',
} as const satisfies Record<ShownState, Tone>;

/**
 * @param isStream what is carried stands still in a pause; a single command goes on to its end
 */
export function shownState(
  state: State,
  isStream: boolean,
  { summary, paused }: Pick<RunDetail, 'summary' | 'paused'>,
): ShownState {
  if (summary.status === 'running') return state === 'begun' && paused && isStream ? 'paused' : state;
  if (state === 'waiting') return 'notDone';
  if (state === 'begun') return 'stopped';
  // What is cut off by the person or by Sluice's own end is no fault of the step's.
  const wasCut = summary.status === 'cancelled' || summary.status === 'interrupted';
  return wasCut && state === 'failed' ? 'stopped' : state;
}
