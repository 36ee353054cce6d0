import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('runs all, in their order, never more at once than allowed, also past a failure', async () => {
  const take = inTurn(2);
  let now = 0;
  let most = 0;
  const order: number[] = [];
  const one = (place: number) =>
    take(async () => {
      now += 1;
      most = Math.max(most, now);
      order.push(place);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      if (place === 1) throw new Error('no');
      return place;
    });
  const ended = await Promise.allSettled([0, 1, 2, 3, 4].map(one));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
