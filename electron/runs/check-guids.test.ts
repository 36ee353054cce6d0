import { expect, it } from 'vitest';
import type { Stream } from '../../shared/model/plan.ts';
import { checkGuids } from './check-guids.ts';

/** `copy:guid there`; the guid is also the one that was planned unless it says otherwise. */
function check(...rows: readonly (readonly [target: string, there: 'equal' | 'other' | 'gone'])[]) {
  const streams = rows.map(([target], at) => ({ target, snapshot: `tank/a@${at}`, guid: String(at) }) as Stream);
  const snapshots = rows.map(([, there], at) => ({
    name: `tank/a@${at}`,
    sourceGuid: String(at),
    destinationGuid: { equal: String(at), other: '99', gone: null }[there],
    equal: there === 'equal',
  }));
  return checkGuids(streams, snapshots).map(({ code, holds }) => `${code} ${holds ? 'holds' : 'does not'}`);
}

it('holds if all are there', () => {
  expect(check(['a', 'equal'], ['a', 'equal'])).toEqual(['guids holds']);
});

it('holds, with a remark, if only such are gone as a later one of the same copy was received on', () => {
  expect(check(['a', 'gone'], ['a', 'equal'], ['b', 'gone'], ['b', 'gone'], ['b', 'equal'])).toEqual([
    'guids holds',
    'pruned does not',
  ]);
});

it.each([
  [
    'the newest of a copy is gone',
    [
      ['a', 'equal'],
      ['a', 'gone'],
      ['b', 'equal'],
    ],
  ] as const,
  [
    'an earlier one is another',
    [
      ['a', 'other'],
      ['a', 'equal'],
    ],
  ] as const,
  [
    'all are gone',
    [
      ['a', 'gone'],
      ['a', 'gone'],
    ],
  ] as const,
])('does not hold if %s', (_, rows) => {
  expect(check(...rows)[0]).toBe('guids does not');
});
