import { describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../shared/model/failure.ts';
import type { Running, Shell } from '../ssh/shell.ts';
import type { Endpoint } from './job.ts';
import { LendShells } from './lend-shells.ts';

const HERE: Endpoint = { kind: 'local' };
const going = () => new AbortController().signal;

/** A connection that only tells whether it was closed. */
function connection() {
  const gone = Promise.withResolvers<Failure | null>();
  const close = vi.fn(async () => gone.resolve(null));
  const exit = Promise.withResolvers<Awaited<Running['exit']>>();
  const shell = { closed: gone.promise, close, start: async () => ({ exit: exit.promise }) } as unknown as Shell;
  return { shell, close, lose: () => gone.resolve(null), end: exit.resolve };
}

/** Connections in the order in which they are asked for; an error is a login that fails. */
function lending(...logins: (Shell | Error | Promise<Shell>)[]) {
  const open = vi.fn(async () => {
    const next = logins.shift();
    if (next === undefined) throw new Error('one login too many');
    if (next instanceof Error) throw next;
    return await next;
  });
  return { shells: new LendShells(open), open };
}

describe('connections between the streams of one thread', () => {
  test('one that is given back is lent again, without a second login', async () => {
    const { shells, open } = lending(connection().shell);
    await (await shells.lend('source', HERE, going())).close();
    await shells.lend('source', HERE, going());
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('the two sides do not share one, and one that is lent is not lent twice', async () => {
    const { shells, open } = lending(connection().shell, connection().shell, connection().shell);
    await shells.lend('source', HERE, going());
    await shells.lend('destination', HERE, going());
    await shells.lend('source', HERE, going());
    expect(open).toHaveBeenCalledTimes(3);
  });

  test('one that was lost meanwhile is not lent', async () => {
    const [first, second] = [connection(), connection()];
    const { shells, open } = lending(first.shell, second.shell);
    await (await shells.lend('source', HERE, going())).close();
    first.lose();
    await Promise.resolve();
    await shells.lend('source', HERE, going());
    expect(open).toHaveBeenCalledTimes(2);
  });

  test('one with a command that has not ended is closed instead of kept', async () => {
    const { shell, close } = connection();
    const { shells } = lending(shell);
    const lent = await shells.lend('source', HERE, going());
    await lent.start('true' as Parameters<Shell['start']>[0]);
    await lent.close();
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('logging in ahead', () => {
  test('is the login that the stream then waits for', async () => {
    const login = Promise.withResolvers<Shell>();
    const { shells, open } = lending(login.promise);
    shells.prepare('source', HERE);
    shells.prepare('source', HERE);
    const lent = shells.lend('source', HERE, going());
    login.resolve(connection().shell);
    await lent;
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('tries again for the stream if it failed, before or while the stream waits', async () => {
    const late = Promise.withResolvers<Shell>();
    const { shells, open } = lending(new Error('early'), connection().shell, late.promise, connection().shell);
    shells.prepare('source', HERE);
    await new Promise((resolve) => setImmediate(resolve));
    await shells.lend('source', HERE, going());
    shells.prepare('source', HERE);
    const lent = shells.lend('source', HERE, going());
    late.reject(new Error('late'));
    await lent;
    expect(open).toHaveBeenCalledTimes(4);
  });

  test('is not waited for by a stream that is cancelled', async () => {
    const { shells } = lending(new Promise<Shell>(() => undefined));
    shells.prepare('source', HERE);
    const stop = new AbortController();
    const lent = shells.lend('source', HERE, stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(lent).rejects.toThrow('cancelled');
  });
});
