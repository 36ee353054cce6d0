import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { lines, type Starter } from './collect.ts';
import type { Exit } from './shell.ts';

/** A command that prints two lines and then waits until it is killed. */
function waitingCommand() {
  const stdout = new PassThrough();
  stdout.write('one\ntwo\n');
  const exit = Promise.withResolvers<Exit>();
  const kill = vi.fn(() => {
    stdout.destroy();
    exit.resolve({ status: null, signal: 'TERM', lost: null, stderr: '' });
  });
  const stdin = new Writable({ write: (_chunk, _encoding, done) => done() });
  const starter: Starter = {
    described: 'alpha',
    start: async () => ({ stdin, stdout, exit: exit.promise, kill }),
  };
  return { starter, kill };
}

describe('a reader that turns away with a line unread', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('leaves no timer behind once the command is cancelled: one of days would keep the process alive', async () => {
    const { starter, kill } = waitingCommand();
    const stop = new AbortController();
    const reading = lines(starter, wireCommand(['true']), { timeoutMs: 14 * 24 * 3600_000, signal: stop.signal });
    expect(await reading.next()).toEqual({ done: false, value: 'one' });
    expect(vi.getTimerCount()).toBe(1);
    stop.abort();
    expect(kill).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
