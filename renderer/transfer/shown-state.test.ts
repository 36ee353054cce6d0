import { expect, it } from 'vitest';
import type { RunDetail, RunStatus } from '../../shared/model/run.ts';
import { shownState } from './shown-state.ts';

const run = (status: RunStatus, paused = false) =>
  ({ summary: { status } as RunDetail['summary'], paused }) satisfies Pick<RunDetail, 'summary' | 'paused'>;

it.each([
  ['begun', true, run('running'), 'begun'],
  ['begun', true, run('running', true), 'paused'],
  ['begun', false, run('running', true), 'begun'],
  ['waiting', true, run('running', true), 'waiting'],
  ['done', true, run('running', true), 'done'],
  ['waiting', true, run('cancelled'), 'notDone'],
  ['waiting', false, run('failed'), 'notDone'],
  ['begun', true, run('interrupted'), 'stopped'],
  ['failed', true, run('cancelled'), 'stopped'],
  ['failed', true, run('failed'), 'failed'],
  ['done', true, run('cancelled'), 'done'],
] as const)('%s, of a stream: %s, in %j: %s', (state, isStream, detail, shown) =>
  expect(shownState(state, isStream, detail)).toBe(shown),
);
