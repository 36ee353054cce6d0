import { describe, expect, it } from 'vitest';
import { isSameValue } from './property-values.ts';

describe('a value that was given and the one that is printed', () => {
  it.each([
    ['on', 'on'],
    ['1M', '1048576'],
    ['128k', '131072'],
    ['10GB', '10737418240'],
    ['1.5GiB', '1610612736'],
    ['16P', '18014398509481984'],
    ['none', '0'],
    ['none', 'none'],
    ['/srv/a b', '/srv/a b'],
  ])('%s is %s', (given, printed) => expect(isSameValue(given, printed)).toBe(true));

  it.each([
    ['on', 'off'],
    ['1M', '131072'],
    ['none', '10'],
    ['0', 'none'],
    ['zstd-3', '3'],
    ['M', '1048576'],
  ])('%s is not %s', (given, printed) => expect(isSameValue(given, printed)).toBe(false));
});
