/** How far each stream of a run is, from its steps and the stream that the progress names. Pure. */
import type { RunDetail } from '../../shared/model/run.ts';

export type StreamState = RunDetail['steps'][number]['state'];

/**
 * A step can carry several streams in one pipe. Of such a step those before the stream under way are through, and those
 * after it wait; where the progress names a stream of another step, all of the step is under way.
 *
 * @returns a state for each stream of the plan
 */
export function streamStates({ plan, steps, progress }: Pick<RunDetail, 'plan' | 'steps' | 'progress'>): StreamState[] {
  const states: StreamState[] = plan.streams.map(() => 'waiting');
  plan.steps.forEach((step, index) => {
    const state = steps[index]?.state ?? 'waiting';
    const current = progress?.stream?.index ?? null;
    const isCurrent = state === 'begun' && current !== null && step.streams.includes(current);
    for (const stream of step.streams) {
      states[stream] = isCurrent ? (stream < current ? 'done' : stream === current ? 'begun' : 'waiting') : state;
    }
  });
  return states;
}
