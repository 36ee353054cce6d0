/** The hastened ciphers against ssh2's own: what one writes the other reads. */
import { KeyObject, randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer, Socket } from 'node:net';
import type ssh2 from 'ssh2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { sshdUnavailableReason, startSshd } from '../../test/sshd/sshd.ts';
import { CIPHERS } from './algorithms.ts';
import { BulkSocket } from './bulk-socket.ts';
import { connectSsh } from './connect.ts';
import { Outflow } from './outflow.ts';
import { PacketRoom } from './packet-room.ts';
import { hastenPackets } from './packets.ts';
import { release } from './release.ts';

interface Crypto {
  readonly CIPHER_INFO: Record<string, { keyLen: number; ivLen: number }>;
  createCipher(config: unknown): {
    allocPacket(bytes: number): Buffer;
    encrypt(packet: Buffer): void;
    outSeqno: number;
  };
  createDecipher(config: unknown): { decrypt(data: Buffer, from: number, to: number): void; inSeqno: number };
}
const ssh2Crypto: Crypto = createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js');

afterEach(() => vi.restoreAllMocks());

/** Both directions of a connection with one key; the socket keeps what is written. */
function connection(name: string, iv: Buffer, seqno = 0) {
  const info = ssh2Crypto.CIPHER_INFO[name];
  const key = randomBytes(info?.keyLen ?? 0);
  const received: Buffer[] = [];
  const written: Buffer[] = [];
  const socket = new BulkSocket();
  vi.spyOn(socket, 'write').mockImplementation((chunk: unknown, ...rest: unknown[]) => {
    written.push(Buffer.from(chunk as Buffer));
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  });
  const outbound = {
    seqno,
    onWrite: (data: Buffer) => socket.write(data),
    cipherInfo: info,
    cipherKey: key,
    cipherIV: Buffer.from(iv),
  };
  const inbound = {
    seqno,
    onPayload: (payload: Buffer) => void received.push(Buffer.from(payload)),
    decipherInfo: info,
    decipherKey: key,
    decipherIV: Buffer.from(iv),
  };
  const cipher = ssh2Crypto.createCipher({ outbound });
  const decipher = ssh2Crypto.createDecipher({ inbound });
  const client = Object.assign(new EventEmitter(), { _protocol: { _cipher: cipher, _decipher: decipher } });
  hastenPackets(client as unknown as ssh2.Client, socket);
  const send = (payload: Buffer) => {
    const packet = cipher.allocPacket(payload.length);
    packet.set(payload, 5);
    cipher.encrypt(packet);
  };
  const arrive = () => {
    for (const data of written.splice(0)) decipher.decrypt(data, 0, data.length);
  };
  return { cipher, decipher, client, socket, written, received, send, arrive };
}

const payloads = [0, 1, 10, 11, 12, 26, 27, 28, 1000, 16_000, 32_777].map((bytes) => randomBytes(bytes));

describe.each(['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com'])('%s', (name) => {
  it('writes what ssh2 reads, before and after the change', () => {
    const { client, received, send, arrive, cipher, decipher } = connection(name, randomBytes(12));
    send(Buffer.from('sent by ssh2 itself'));
    client.emit('handshake');
    for (const payload of payloads) send(payload);
    arrive();
    expect(received).toEqual([Buffer.from('sent by ssh2 itself'), ...payloads]);
    expect(cipher.outSeqno).toBe(12);
    expect(decipher.inSeqno).toBe(12);
  });

  it('counts its nonce and sequence number past every carry', () => {
    const { client, received, send, arrive, cipher } = connection(
      name,
      Buffer.from('01020304fffffffffffffffe', 'hex'),
      2 ** 32 - 2,
    );
    client.emit('handshake');
    for (const payload of payloads) send(payload);
    arrive();
    expect(received).toEqual(payloads);
    expect(cipher.outSeqno).toBe(9);
  });

  it('pads to whole blocks, four bytes at least, with random ones', () => {
    const { client, cipher } = connection(name, randomBytes(12));
    client.emit('handshake');
    for (let bytes = 0; bytes < 40; bytes += 1) {
      const packet = cipher.allocPacket(bytes);
      const padding = packet[4] ?? 0;
      expect(packet.readUInt32BE(0)).toBe(packet.length - 4);
      expect((packet.length - 4) % 16).toBe(0);
      expect(padding).toBeGreaterThanOrEqual(4);
      expect(packet.length).toBe(5 + bytes + padding);
    }
  });

  it('decrypts with a key object from then on, in place', () => {
    const { client, decipher, socket } = connection(name, randomBytes(12));
    expect(socket.inPlace).toBe(false);
    client.emit('handshake');
    expect(Reflect.get(decipher, '_decipherKey')).toBeInstanceOf(KeyObject);
    expect(socket.inPlace).toBe(true);
  });

  it('writes nothing once ssh2 has freed the cipher', () => {
    const { client, cipher, send, written } = connection(name, randomBytes(12));
    client.emit('handshake');
    (cipher as unknown as { free(): void }).free();
    send(Buffer.from('too late'));
    expect(written).toEqual([]);
  });
});

it.each<[string, (protocol: Record<string, unknown>) => void]>([
  ['another cipher', (protocol) => Object.assign(protocol, { _cipher: { _encSSLName: 'aes-128-ctr' }, _decipher: {} })],
  ['no fields', (protocol) => Object.assign(protocol, { _cipher: {}, _decipher: {} })],
  ['nothing at all', (protocol) => Object.assign(protocol, { _cipher: undefined, _decipher: undefined })],
])('%s: everything is left as it is', (_, change) => {
  const { client, socket, cipher } = connection('aes128-gcm@openssh.com', randomBytes(12));
  const { encrypt } = cipher;
  change(client._protocol);
  client.emit('handshake');
  expect(cipher.encrypt).toBe(encrypt);
  expect(socket.inPlace).toBe(false);
});

it('keeps the room of a packet that waits to be encrypted', () => {
  const room = new PacketRoom();
  const first = room.take(100);
  first.fill(1, 5, 105);
  const second = room.take(100);
  second.fill(2, 5, 105);
  expect(first.subarray(5, 105)).toEqual(Buffer.alloc(100, 1));
  room.giveBack(second);
  expect(room.take(100).buffer).not.toBe(first.buffer);
  room.giveBack(first);
  expect(room.take(100).buffer).toBe(first.buffer);
});

it('makes one write of a turn’s packets, and of each 256 KiB', async () => {
  const socket = new Socket();
  const turns: number[] = [];
  socket._writev = (chunks, done) => {
    turns.push(chunks.reduce((sum, { chunk }) => sum + chunk.length, 0));
    done();
  };
  socket._write = () => expect.fail('one by one');
  const outflow = new Outflow(socket);
  const out = vi.fn();
  for (let n = 0; n < 20; n += 1) outflow.write(Buffer.alloc(32 * 1024), out);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(turns).toEqual([256 * 1024, 256 * 1024, 128 * 1024]);
  expect(out).toHaveBeenCalledTimes(20);
});

it('writes nothing to a socket that takes no more', async () => {
  const socket = new Socket();
  socket.on('error', () => undefined).destroy();
  const write = vi.spyOn(socket, 'write');
  new Outflow(socket).write(Buffer.alloc(10), () => expect.fail('it did not go out'));
  await new Promise(setImmediate);
  expect(write).not.toHaveBeenCalled();
});

describe('the socket', () => {
  it('loses nothing that comes before somebody listens, and hands out copies until told otherwise', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    const server = createServer((socket) => void socket.end(bytes)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const socket = new BulkSocket();
    socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => void chunks.push(chunk));
    socket.resume();
    await once(socket, 'end');
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(new Set(chunks.map((chunk) => chunk.buffer)).size).toBeGreaterThan(1);
    server.close();
  });
});

describe('memory given back', () => {
  it('is what a chunk has for itself', () => {
    const chunk = Buffer.allocUnsafeSlow(32_800).subarray(10, 32_778);
    release(chunk);
    expect(chunk.length).toBe(0);
  });

  it('is never shared, nor small', () => {
    const whole = Buffer.allocUnsafeSlow(100_000);
    const pooled = Buffer.allocUnsafe(17_000);
    const small = Buffer.allocUnsafeSlow(1000);
    for (const chunk of [whole.subarray(0, 50_000), pooled, small]) release(chunk);
    expect([whole.length, small.length]).toEqual([100_000, 1000]);
    if (pooled.buffer.byteLength > 17_064) expect(pooled.length).toBe(17_000);
  });

  it('can be given back twice', () => {
    const chunk = Buffer.allocUnsafeSlow(32_768);
    release(chunk);
    release(chunk);
    expect(chunk.length).toBe(0);
  });
});

it.skipIf(sshdUnavailableReason() !== null)(
  'carries every byte both ways with every cipher, hastened or not',
  async () => {
    const sshd = await startSshd({ hostKeys: ['ed25519'] });
    const sent = randomBytes(6 * 1024 * 1024 + 123);
    for (const cipher of CIPHERS) {
      const shell = await connectSsh(sshd.target(), { ciphers: [cipher] });
      const echo = await shell.start(wireCommand(['cat']));
      echo.stdin.end(sent);
      const received: Buffer[] = [];
      for await (const chunk of echo.stdout) received.push(chunk);
      expect((await echo.exit).status).toBe(0);
      expect(Buffer.concat(received).equals(sent), cipher).toBe(true);
      await shell.close();
    }
    await sshd.stop();
  },
);
