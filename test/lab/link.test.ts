import { createHash, randomBytes } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Link } from './link.ts';

let host: Server;
let hostSockets: Socket[];
let link: Link;
const clients: Socket[] = [];

beforeEach(async () => {
  hostSockets = [];
  host = createServer({ allowHalfOpen: true }, (socket) => {
    hostSockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  link = await Link.open((host.address() as AddressInfo).port);
});

afterEach(async () => {
  await link.close();
  for (const socket of [...clients.splice(0), ...hostSockets]) socket.destroy();
  await new Promise((resolve) => host.close(resolve));
});

function dial(): Socket {
  const socket = connect({ port: link.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  clients.push(socket);
  return socket;
}

/** Collects until `bytes` have come, or the socket is over. */
function collect(
  socket: Socket,
  bytes = Number.POSITIVE_INFINITY,
): Promise<{ data: Buffer; how: 'enough' | 'end' | 'reset' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (how: 'enough' | 'end' | 'reset') => resolve({ data: Buffer.concat(chunks), how });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= bytes) finish('enough');
    });
    socket.on('end', () => finish('end'));
    socket.on('error', () => finish('reset'));
    socket.on('close', () => finish('reset'));
  });
}

const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');

test('megabytes come back unchanged, are counted, and the end is passed on', async () => {
  const data = randomBytes(5_000_000);
  const socket = dial();
  const answer = collect(socket);
  socket.end(data);
  const { data: echoed, how } = await answer;
  expect(how).toBe('end');
  expect(digest(echoed)).toBe(digest(data));
  expect(link.bytesToHost).toBe(data.length);
  expect(link.bytesFromHost).toBe(data.length);
  expect(link.connectionsAccepted).toBe(1);
});

test('bytes stay intact while delay and rate change under way', async () => {
  const data = randomBytes(3_000_000);
  const socket = dial();
  const answer = collect(socket);
  link.setDelay(5);
  link.setRate(20_000_000);
  socket.write(data.subarray(0, 1_000_000));
  await collect(socket, 100_000);
  link.setDelay(1);
  link.setRate(null);
  socket.end(data.subarray(1_000_000));
  expect(digest((await answer).data)).toBe(digest(data));
});

test('several connections at once', async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const data = randomBytes(200_000 * n);
      const socket = dial();
      const answer = collect(socket);
      socket.end(data);
      return digest((await answer).data) === digest(data);
    }),
  );
  expect(answers).toEqual([true, true, true, true]);
});

test('cutAfter lets exactly that many bytes through, then resets every connection', async () => {
  const bystander = dial();
  const bystanderOver = collect(bystander);
  bystander.write('hello');
  await collect(bystander, 5);
  const before = link.bytesToHost + link.bytesFromHost;

  const cut = link.cutAfter(1_000_000);
  const socket = dial();
  const over = collect(socket);
  socket.write(randomBytes(4_000_000));
  await cut;
  const { data, how } = await over;
  expect(how).toBe('reset');
  expect((await bystanderOver).how).toBe('reset');
  expect(link.bytesToHost + link.bytesFromHost - before).toBe(1_000_000);
  expect(data.length).toBeLessThanOrEqual(1_000_000);
  expect(link.connections).toBe(0);
});

test('an ordered cut happens once: the next connection works', async () => {
  const cut = link.cutAfter(10);
  dial().write('0123456789abcdef');
  await cut;
  const socket = dial();
  const answer = collect(socket);
  socket.end('after the cut');
  expect((await answer).data.toString()).toBe('after the cut');
});

test('cut ends what is open, and both ends notice', async () => {
  const socket = dial();
  const over = collect(socket);
  socket.write('x');
  await collect(socket, 1);
  const hostOver = new Promise((resolve) => hostSockets[0]?.once('close', resolve));
  link.cut();
  expect((await over).how).toBe('reset');
  await hostOver;
  expect(link.connections).toBe(0);
});

test('refused connections are reset, and accepted again afterwards', async () => {
  link.refuse(true);
  expect((await collect(dial())).how).toBe('reset');
  expect(link.connectionsAccepted).toBe(0);
  link.refuse(false);
  const socket = dial();
  socket.write('again');
  expect((await collect(socket, 5)).data.toString()).toBe('again');
});

test('a frozen link passes nothing and ends nothing; new connections wait with it', async () => {
  const socket = dial();
  socket.write('a');
  await collect(socket, 1);
  link.freeze();
  const late = dial();
  const lateAnswer = collect(late, 4);
  late.write('late');
  const answer = collect(socket, 6);
  socket.write('frozen');
  // A round trip past the link shows that the event loop had every chance to move bytes.
  const direct = connect((host.address() as AddressInfo).port, '127.0.0.1');
  clients.push(direct);
  direct.write('direct');
  await collect(direct, 6);
  expect(link.bytesToHost).toBe(1);
  expect(socket.destroyed).toBe(false);
  link.thaw();
  expect((await answer).data.toString()).toBe('frozen');
  expect((await lateAnswer).data.toString()).toBe('late');
});

test('where the host does not listen, the client is reset', async () => {
  const dead = createServer();
  await new Promise<void>((resolve) => dead.listen(0, '127.0.0.1', resolve));
  const port = (dead.address() as AddressInfo).port;
  await new Promise((resolve) => dead.close(resolve));
  const toNowhere = await Link.open(port);
  const socket = connect(toNowhere.port, '127.0.0.1');
  expect((await collect(socket)).how).toBe('reset');
  await toNowhere.close();
});
