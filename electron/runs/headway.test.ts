import { expect, it } from 'vitest';
import type { Stream } from '../../shared/model/plan.ts';
import { Headway } from './headway.ts';

const left = (...received: readonly number[]) => ({
  streams: received.map((alreadyReceived) => ({ alreadyReceived }) as Stream),
});

it.each([
  ['nothing more', left(3, 0), false],
  ['more of a stream', left(5, 0), true],
  ['a stream less', left(0), true],
  ['less of a stream', left(2, 0), false],
])('is told from a plan to the next one: %s', (_what, next, made) => {
  const headway = new Headway();
  headway.plans(left(3, 0));
  expect(headway.take()).toBe(false);
  headway.plans(next);
  expect(headway.take()).toBe(made);
  expect(headway.take()).toBe(false);
});
