import { describe, expect, it } from 'vitest';
import { stillFailed } from './electron-runtime.ts';

const failure = { version: '45.4.1', at: '2026-11-01T00:00:00.000Z', reason: 'github.com does not answer' };
const day = 24 * 60 * 60 * 1000;
const then = Date.parse(failure.at);

describe('stillFailed', () => {
  it('holds for a week, for that version', () => {
    expect(stillFailed(failure, '45.4.1', then + 6 * day)).toBe(true);
    expect(stillFailed(failure, '45.4.1', then + 8 * day)).toBe(false);
    expect(stillFailed(failure, '45.4.2', then + day)).toBe(false);
    expect(stillFailed(null, '45.4.1', then)).toBe(false);
  });

  it('does not hold for a record without a readable time', () => {
    expect(stillFailed({ ...failure, at: 'yesterday' }, '45.4.1', then)).toBe(false);
  });
});
