import { expect, it } from 'vitest';
import type { RunDetail } from '../../shared/model/run.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { type StreamState, streamStates } from './stream-states.ts';

const plan = planOf({ source: laptop(['a', 'b', 'c', 'd']), destination: nas(['a']) });
const carrying = plan.steps.findIndex(({ kind }) => kind === 'send-receive');
const states = (state: StreamState, index: number | null) =>
  streamStates({
    plan,
    steps: plan.steps.map(({ kind, title }, at) => ({ kind, title, state: at === carrying ? state : 'waiting' })),
    progress:
      index === null
        ? null
        : ({ stream: { index, count: 3, snapshot: '', bytes: 0, total: null } } as RunDetail['progress']),
  });

it.each<[StreamState, number | null, StreamState[]]>([
  ['waiting', null, ['waiting', 'waiting', 'waiting']],
  ['begun', null, ['begun', 'begun', 'begun']],
  ['begun', 1, ['done', 'begun', 'waiting']],
  ['begun', 9, ['begun', 'begun', 'begun']],
  ['done', 2, ['done', 'done', 'done']],
  ['failed', 1, ['failed', 'failed', 'failed']],
])('a step that is %s, with stream %s under way', (state, index, expected) => {
  expect(plan.steps[carrying]?.streams).toEqual([0, 1, 2]);
  expect(states(state, index)).toEqual(expected);
});
