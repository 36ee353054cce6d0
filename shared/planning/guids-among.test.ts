import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guidsAmong } from './guids-among.ts';

const guid = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);
const long = (count: number, salt: bigint) =>
  Array.from({ length: count }, (_, at) => ({ guid: String((BigInt(at + 1) * 0x9e3779b97f4a7c15n) ^ salt) }));

describe('guidsAmong', () => {
  it('knows every GUID of the list, short or long', () => {
    fc.assert(
      fc.property(fc.array(guid, { minLength: 1, maxLength: 50 }), fc.boolean(), (guids, isLong) => {
        const list = [...guids.map((one) => ({ guid: one })), ...(isLong ? long(2000, 7n) : [])];
        const among = guidsAmong(list);
        expect(list.every((one) => among.has(one.guid))).toBe(true);
      }),
    );
  });

  it('lets few others pass a long list, and none a short one', () => {
    const others = long(10_000, 12345n);
    const passed = others.filter(({ guid: one }) => guidsAmong(long(100, 0n)).has(one));
    expect(passed).toHaveLength(0);
    const among = guidsAmong(long(100_000, 0n));
    expect(others.filter(({ guid: one }) => among.has(one)).length).toBeLessThan(200);
  });
});
