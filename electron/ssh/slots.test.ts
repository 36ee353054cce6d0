import { expect, it } from 'vitest';
import { Slots } from './slots.ts';

/** Takes a place and tells whether it was given yet. */
function take(slots: Slots) {
  const taker = { has: false, free: () => {} };
  const given = slots.take().then((free) => {
    taker.has = true;
    taker.free = free;
  });
  return Object.assign(taker, { given });
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('lets in as many as there are places, the others in their order', async () => {
  const slots = new Slots(2);
  const takers = [take(slots), take(slots), take(slots), take(slots)];
  const inside = () => takers.map(({ has }) => has);
  await settle();
  expect(inside()).toEqual([true, true, false, false]);
  takers[1]?.free();
  await settle();
  expect(inside()).toEqual([true, true, true, false]);
  takers[0]?.free();
  takers[2]?.free();
  await settle();
  expect(inside()).toEqual([true, true, true, true]);
});

it('lets in fewer once it has learnt that there are fewer places', async () => {
  const slots = new Slots(3);
  const takers = [take(slots), take(slots), take(slots), take(slots)];
  await settle();
  expect(slots.shrink()).toBe(true);
  takers[2]?.free();
  await settle();
  expect(takers[3]?.has).toBe(false);
  takers[1]?.free();
  await settle();
  expect(takers[3]?.has).toBe(true);
});

it('knows that waiting is no help to one who is alone', async () => {
  const slots = new Slots(3);
  await slots.take();
  expect(slots.shrink()).toBe(false);
});
