import { describe, expect, it } from 'vitest';
import { backOff } from './back-off.ts';
import { tokenIn } from './session.ts';

describe('tokenIn', () => {
  it('takes a token out of the fragment', () => {
    expect(tokenIn('#E-wHeZpJG28P60IVeq_rD53ped5foJ4P2wNbyt1r3u4')).toBe('E-wHeZpJG28P60IVeq_rD53ped5foJ4P2wNbyt1r3u4');
  });
  it.each(['', '#', '#/hosts', '#/runs/20261122-003000-ab12', '#short', '#with spaces in the middle'])(
    'leaves the page %j alone',
    (fragment) => expect(tokenIn(fragment)).toBeNull(),
  );
});

describe('backOff', () => {
  it('starts soon, doubles, and is never longer than five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map(backOff)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });
});
