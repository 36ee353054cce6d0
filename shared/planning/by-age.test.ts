import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, byAge, countUpTo, olderThan, oldestFirst, youngerThan } from './by-age.ts';

const lists = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 })
  .map((txgs) => txgs.map((createtxg) => ({ createtxg })));
const point = fc.integer({ min: -1, max: 61 }).map((createtxg) => ({ createtxg }));

describe('lists by age', () => {
  it('are put in order', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect(oldestFirst([...list])).toEqual(list.toSorted(byAge));
      }),
    );
  });

  it('are cut where looking at each would cut them', () => {
    fc.assert(
      fc.property(lists, point, point, (unordered, a, b) => {
        const list = unordered.toSorted(byAge);
        expect(countUpTo(list, a.createtxg)).toBe(list.filter((one) => one.createtxg <= a.createtxg).length);
        expect(between(list, a, b)).toEqual(
          list.filter((one) => one.createtxg > a.createtxg && one.createtxg <= b.createtxg),
        );
        expect(between(list, null, b)).toEqual(list.filter((one) => one.createtxg <= b.createtxg));
        expect(youngerThan(list, a)).toEqual(list.filter((one) => one.createtxg > a.createtxg));
        expect(olderThan(list, a)).toEqual(list.filter((one) => one.createtxg < a.createtxg));
      }),
    );
  });
});
