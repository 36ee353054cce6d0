import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { makeKey } from './keys.ts';

it('makes keys that can be read, every time', () => {
  const keys = Array.from({ length: 1500 }, () => ssh2.utils.parseKey(makeKey('test').private));
  expect(keys.filter((key) => key instanceof Error)).toEqual([]);
});
