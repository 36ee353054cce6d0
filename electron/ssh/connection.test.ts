/** When silence is death: with a clock that is turned by hand. */
import { EventEmitter } from 'node:events';
import type ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import type { Line } from './bulk-socket.ts';
import { Connection } from './connection.ts';
import { hostKeyCheck } from './host-key.ts';
import { LOOK_MS } from './own-addresses.ts';

const PINNED = `SHA256:${'p'.repeat(43)}`;

function fakeConnection(localAddress?: string) {
  const client = Object.assign(new EventEmitter(), { end: vi.fn(), exec: vi.fn() });
  const socket = { bytesRead: 0, localAddress, destroy: vi.fn(() => client.emit('close')) };
  const check = hostKeyCheck(PINNED);
  const connection = new Connection({
    client: client as unknown as ssh2.Client,
    socket: socket as unknown as Line,
    peer: { described: 'nas (root@nas:22)', host: 'nas', port: 22 },
    check,
    startMs: 30_000,
    keepAlive: { intervalMs: 15_000, misses: 4 },
  });
  return { client, socket, check, connection };
}

describe('a connection', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('counts as lost after 60 s without a byte', async () => {
    const { connection, socket } = fakeConnection();
    await vi.advanceTimersByTimeAsync(59_999);
    expect(connection.gone).toBeNull();
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.destroy).toHaveBeenCalled();
    expect(await connection.closed).toMatchObject({ code: 'connection-lost', cause: 'Nothing was heard for 60 s.' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lives as long as any byte comes, also while the answers to pings wait behind a slow upload', async () => {
    const { connection, socket } = fakeConnection();
    for (let minute = 0; minute < 60; minute += 1) {
      await vi.advanceTimersByTimeAsync(59_000);
      socket.bytesRead += 1;
    }
    expect(connection.gone).toBeNull();
  });

  it('is lost when the address that it was made from is gone, which silence would tell a minute later', async () => {
    const { connection } = fakeConnection('192.0.2.7');
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(await connection.closed).toMatchObject({
      code: 'connection-lost',
      cause:
        'The network of this computer changed: its address 192.0.2.7, from which the connection was made, is gone.',
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lives on while its address is there', async () => {
    const { connection, socket } = fakeConnection('127.0.0.1');
    for (let look = 0; look < 20; look += 1) {
      await vi.advanceTimersByTimeAsync(LOOK_MS);
      socket.bytesRead += 1;
    }
    expect(connection.gone).toBeNull();
  });

  it('takes any number of errors, and keeps the first as the cause', async () => {
    const { client, connection } = fakeConnection();
    client.emit('error', new Error('read ECONNRESET'));
    client.emit('error', new Error('something later'));
    expect((await connection.closed)?.cause).toBe('read ECONNRESET');
  });

  it('says that the host key changed when another one is shown at a later key exchange', async () => {
    const { check, client, connection } = fakeConnection();
    expect(check.verify(Buffer.from('\0\0\0\x0bssh-ed25519 another'))).toBe(false);
    client.emit('error', new Error('Host denied (verification failed)'));
    expect(await connection.closed).toMatchObject({
      code: 'host-key-changed',
      kind: 'permanent',
      evidence: { pinned: PINNED, shown: [{ type: 'ssh-ed25519' }] },
    });
  });

  it('turns what ssh2 throws into the loss that it is', async () => {
    const { client, connection } = fakeConnection();
    client.exec.mockImplementation(() => {
      throw new Error('Not connected');
    });
    await expect(connection.exec(wireCommand(['true']), () => null)).rejects.toMatchObject({
      failure: { code: 'connection-lost', cause: 'Not connected' },
    });
  });

  it('says when a host starts no commands', async () => {
    const { client, connection } = fakeConnection();
    client.exec.mockImplementation((_command, callback) => callback(new Error('Unable to exec')));
    await expect(connection.exec(wireCommand(['true']), () => null)).rejects.toMatchObject({
      failure: { code: 'command-refused', kind: 'permanent' },
    });
  });

  it('is closed by us without a reason, even if the goodbye is not answered', async () => {
    const { client, connection, socket } = fakeConnection();
    const closing = connection.close();
    expect(client.end).toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    await closing;
    expect(socket.destroy).toHaveBeenCalled();
    expect(await connection.closed).toBeNull();
    expect(connection.gone).toMatchObject({ code: 'connection-closed' });
    await connection.close();
  });
});
