import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Peer } from './faults.ts';
import { reach } from './reach.ts';

const peer: Peer = { described: 'nas (root@nas:22)', host: 'nas', port: 22 };
/** The socket that was asked to connect; nothing is connected. */
let socket: Socket;
const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
  socket = this;
  return this;
});
const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
beforeEach(() => {
  vi.useFakeTimers();
  connect.mockClear();
  setNoDelay.mockClear();
});
afterEach(() => vi.useRealTimers());

const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error) => error.failure,
  );

it('asks for a socket that does not gather small packets', async () => {
  const reached = reach(peer, 1000);
  socket.emit('connect');
  expect(await reached).toBe(socket);
  expect(connect).toHaveBeenCalledWith({ host: 'nas', port: 22 });
  expect(setNoDelay).toHaveBeenCalledWith(true);
});

it('gives up on a host that swallows packets after its own time, and leaves no socket', async () => {
  const failed = failureOf(reach(peer, 10_000));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(socket.destroyed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await failed).toMatchObject({ code: 'host-unreachable', kind: 'passing' });
  expect(socket.destroyed).toBe(true);
});

it.each([
  ['ENOTFOUND', 'host-not-found'],
  ['EAI_AGAIN', 'host-not-found'],
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTUNREACH', 'host-unreachable'],
  ['ENETUNREACH', 'host-unreachable'],
  ['ETIMEDOUT', 'host-unreachable'],
])('calls %s %s, which passes', async (errno, code) => {
  const failed = failureOf(reach(peer, 1000));
  socket.emit('error', Object.assign(new Error(`connect ${errno}`), { code: errno }));
  expect(await failed).toMatchObject({
    code,
    kind: 'passing',
    cause: `connect ${errno}`,
    evidence: { errnos: [errno] },
  });
});

it('looks at every address of a name that was tried', async () => {
  const failed = failureOf(reach(peer, 1000));
  const errors = ['ENETUNREACH', 'ECONNREFUSED'].map((code) => Object.assign(new Error(code), { code }));
  socket.emit('error', new AggregateError(errors));
  expect(await failed).toMatchObject({
    code: 'connection-refused',
    evidence: { errnos: ['ENETUNREACH', 'ECONNREFUSED'] },
  });
});

it('is cancelled on the way', async () => {
  const controller = new AbortController();
  const failed = failureOf(reach(peer, 1000, controller.signal));
  controller.abort();
  expect(await failed).toMatchObject({ code: 'cancelled' });
  expect(socket.destroyed).toBe(true);
});
