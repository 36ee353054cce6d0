import { describe, expect, it } from 'vitest';
import { Killed } from '../io.ts';
import { limiter } from './rate.ts';

describe('limiter', () => {
  it('rejects with what killed the process, also while it waits', async () => {
    const abort = new AbortController();
    const wait = limiter(1000, abort.signal);
    const waiting = wait(1_000_000);
    abort.abort(new Killed('TERM'));
    await expect(waiting).rejects.toBeInstanceOf(Killed);
    await expect(wait(1_000_000)).rejects.toBeInstanceOf(Killed);
  });

  it('never waits without a rate', () => {
    expect(limiter(null, new AbortController().signal)(1e12)).toBeUndefined();
  });
});
