import { expect, it } from 'vitest';
import { limitFault, readLimit, showLimit } from './limit.ts';

it.each([
  ['50', 52_428_800],
  [' 1.5 ', 1_572_864],
  ['0,5', 524_288],
])('reads %s MiB/s', (text, bytes) => expect(readLimit(text)).toBe(bytes));

it.each(['', '0', '-1', '50M', '1e3', '99999999999999999'])('does not take %j', (text) => {
  expect(readLimit(text)).toBeNull();
  expect(limitFault(text)).toBe(true);
});

it('writes back what it read', () => expect(showLimit(readLimit('1.5') ?? 0)).toBe('1.5'));
