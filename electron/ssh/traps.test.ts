/** What raw ssh2 gets wrong when a line breaks, stalls or is long, against a real sshd behind a link that can be cut. */

import { createHash, randomBytes } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { SluiceError } from '../../shared/model/failure.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { Link } from '../../test/lab/link.ts';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import { CIPHERS } from './algorithms.ts';
import { type ConnectOptions, connectSsh, type Shell } from './index.ts';
import { until } from './testing/processes.ts';

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MIB = 1024 * 1024;
const LOST = { failure: { code: 'connection-lost', kind: 'passing' } };
/** Two seconds: short for a test, long for a server on a busy machine. */
const IMPATIENT = { intervalMs: 500, misses: 4 };
const sh = (script: string) => wireCommand(['sh', '-c', script]);
const zerosFrom = (shell: Shell, bytes: number) => shell.start(sh(`head -c ${bytes} /dev/zero`));

const discard = () =>
  new Writable({
    write: (_chunk, _encoding, done) => done(),
  });

async function* endlessly(): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(65_536);
  for (;;) yield chunk;
}

/** A proxy that ends both connections politely (FIN, not a reset) after so many bytes from the server. */
function politeProxy(port: number, bytes: number): Server {
  return createServer((client) => {
    const server = connect(port, '127.0.0.1');
    let left = bytes;
    server.on('data', (data) => {
      client.write(data);
      left -= data.length;
      if (left <= 0) {
        client.end();
        server.destroy();
      }
    });
    client.on('data', (data) => server.write(data));
    for (const socket of [client, server]) socket.on('error', () => {});
  });
}

describeWithSshd('a line that breaks', () => {
  let sshd: Sshd;
  let link: Link;
  let shells: Shell[];
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    link = await Link.open(sshd.port);
    shells = [];
  });
  afterEach(async () => {
    await Promise.all(shells.map((shell) => shell.close()));
    await link.close();
  });

  async function open(options: ConnectOptions = {}): Promise<Shell> {
    const shell = await connectSsh(sshd.target({ port: link.port }), options);
    shells.push(shell);
    return shell;
  }

  it('makes a download fail; it never ends like a complete one', async () => {
    const shell = await open();
    const command = await zerosFrom(shell, 256 * MIB);
    void link.cutAfter(8 * MIB);
    await expect(pipeline(command.stdout, discard())).rejects.toMatchObject(LOST);
    const exit = await command.exit;
    expect(exit.status).toBeNull();
    expect(exit.lost).toMatchObject(LOST.failure);
    expect(await shell.closed).toMatchObject(LOST.failure);
  });

  it('makes a download fail also when the other side ends the connection politely', async () => {
    const proxy = politeProxy(sshd.port, 8 * MIB).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const shell = await connectSsh(sshd.target({ port: address.port }));
    const command = await zerosFrom(shell, 256 * MIB);
    await expect(pipeline(command.stdout, discard())).rejects.toMatchObject(LOST);
    expect((await command.exit).lost).toMatchObject(LOST.failure);
    proxy.close();
  });

  it('makes an upload fail; it never hangs', async () => {
    const shell = await open();
    const command = await shell.start(sh('cat >/dev/null'));
    command.stdout.resume();
    void link.cutAfter(8 * MIB);
    await expect(pipeline(Readable.from(endlessly()), command.stdin)).rejects.toMatchObject(LOST);
    expect(await command.exit).toMatchObject({ status: null, lost: LOST.failure });
  });

  it('makes a write fail that comes after the loss, or that waited for the window', async () => {
    const shell = await open();
    const command = await shell.start(wireCommand(['sleep', '60']));
    command.stdout.resume();
    const waiting = new Promise((resolve) => command.stdin.write(Buffer.alloc(64 * MIB), resolve));
    link.cut();
    await command.exit;
    await expect(Promise.race([waiting, pipeline(Readable.from(['x']), command.stdin)])).rejects.toBeInstanceOf(Error);
    expect(command.stdin.destroyed).toBe(true);
  });

  it('keeps what the command said, and its status if it was told', async () => {
    const shell = await open();
    const command = await shell.start(sh('echo half-way >&2; sleep 60'), { onStderr: () => link.cut() });
    command.stdout.resume();
    expect(await command.exit).toMatchObject({ status: null, lost: LOST.failure, stderr: 'half-way\n' });
  });

  it('does not spoil a command that had ended: what came is complete', async () => {
    const shell = await open();
    const closedSessions = () => sshd.log().split('Close session').length;
    const closedBefore = closedSessions();
    const command = await zerosFrom(shell, MIB);
    // Less than ssh2's window of 2 MiB: nobody has read any yet, but the host has ended it, and what it sent came before the answer to the next command.
    await until(() => closedSessions() > closedBefore);
    await shell.collect(wireCommand(['true']));
    link.cut();
    await shell.closed;
    let bytes = 0;
    for await (const chunk of command.stdout) bytes += chunk.length;
    expect(bytes).toBe(MIB);
    expect(await command.exit).toMatchObject({ status: 0, lost: null });
  });

  it('refuses commands afterwards instead of throwing “Not connected”', async () => {
    const shell = await open();
    const started = zerosFrom(shell, MIB);
    link.cut();
    await expect(started).rejects.toMatchObject(LOST);
    await expect(shell.start(wireCommand(['true']))).rejects.toMatchObject(LOST);
    await expect(shell.collect(wireCommand(['true']))).rejects.toMatchObject(LOST);
    await expect(shell.lines(wireCommand(['true'])).next()).rejects.toMatchObject(LOST);
  });

  it('fails a collected command and one read line by line', async () => {
    const shell = await open();
    const collected = shell.collect(sh('echo begun; sleep 60'));
    const read = (async () => {
      for await (const line of shell.lines(sh('echo begun; sleep 60'))) {
        expect(line).toBe('begun');
        link.cut();
      }
    })();
    await expect(read).rejects.toMatchObject(LOST);
    await expect(collected).rejects.toMatchObject(LOST);
  });

  it('is noticed when the peer freezes without a word, in a download, an upload and a silence', async () => {
    const shell = await open({ keepAlive: IMPATIENT });
    const silent = await shell.start(wireCommand(['sleep', '60']));
    silent.stdout.resume();
    const download = await shell.start(sh('cat /dev/zero'));
    const upload = await shell.start(sh('cat >/dev/null'));
    upload.stdout.resume();
    const ends = Promise.allSettled([
      pipeline(download.stdout, discard()),
      pipeline(Readable.from(endlessly()), upload.stdin),
    ]);
    await until(() => link.bytesFromHost > 4 * MIB && link.bytesToHost > 4 * MIB);
    link.freeze();
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: LOST });
    for (const command of [silent, download, upload]) expect((await command.exit).lost).toMatchObject(LOST.failure);
    expect((await shell.closed)?.cause).toContain('Nothing was heard');
  });

  it('is not suspected while a command is silent and the host answers', async () => {
    const shell = await open({ keepAlive: IMPATIENT });
    expect(await shell.collect(wireCommand(['sleep', '3']))).toMatchObject({ status: 0 });
  });

  it('lets a frozen host be closed', async () => {
    const shell = await open();
    const command = await shell.start(wireCommand(['sleep', '60']));
    command.stdout.resume();
    link.freeze();
    await shell.close();
    expect(await shell.closed).toBeNull();
    expect(await command.exit).toMatchObject({ status: null, lost: { code: 'connection-closed' } });
  });

  it('lets a command on a frozen host be ended', async () => {
    const shell = await open();
    const command = await shell.start(sh('cat /dev/zero'));
    command.stdout.on('data', () => {});
    link.freeze();
    command.kill();
    expect((await command.exit).status).toBeNull();
    expect(command.stdout.destroyed).toBe(true);
  });

  /** Reads a download of so many bytes, the first part as fast as it comes, then with stops; how far was the host ahead? */
  async function farthestAhead(shell: Shell, fastBytes: number, slowBytes: number): Promise<number> {
    const before = link.bytesFromHost;
    const command = await zerosFrom(shell, fastBytes + slowBytes);
    let read = 0;
    let ahead = 0;
    const sink = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        read += chunk.length;
        ahead = Math.max(ahead, link.bytesFromHost - before - read);
        if (read < fastBytes) done();
        else setTimeout(done, 1);
      },
    });
    await pipeline(command.stdout, sink);
    expect(read).toBe(fastBytes + slowBytes);
    return ahead;
  }

  it('lets the host send far ahead on a long line, and no further when the reader becomes slow', async () => {
    link.setDelay(40);
    const ahead = await farthestAhead(await open(), 96 * MIB, 64 * MIB);
    expect(ahead).toBeGreaterThan(8 * MIB);
    expect(ahead).toBeLessThan(38 * MIB);
  });

  it('keeps the host near on a short line with a slow reader, however often it stops', async () => {
    expect(await farthestAhead(await open(), 0, 64 * MIB)).toBeLessThan(8 * MIB);
  });

  it('keeps to ssh2’s 2 MiB where the window is not widened', async () => {
    const shell = await open({ windowBytes: null });
    const command = await zerosFrom(shell, 16 * MIB);
    // Read first what was asked for later: the reader of the big one has not begun.
    await shell.collect(sh('sleep 1'));
    expect(link.bytesFromHost).toBeLessThan(5 * MIB);
    let bytes = 0;
    for await (const chunk of command.stdout) bytes += chunk.length;
    expect(bytes).toBe(16 * MIB);
  });
});

describeWithSshd('a host that changes its session keys', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd({ config: ['RekeyLimit 1M', 'LogLevel DEBUG1'] });
  });
  afterAll(() => sshd.stop());

  it.each(CIPHERS.map((cipher, index) => [cipher, index === 0 ? 64 : 8] as const))(
    'is checked each time, and the bytes stay exact both ways, with %s over %d MiB',
    async (cipher, mib) => {
      const shell = await connectSsh(sshd.target(), { ciphers: [cipher] });
      const data = randomBytes(mib * MIB);
      const rekeysBefore = rekeys();
      const command = await shell.start(wireCommand(['cat']));
      const back = createHash('sha256');
      await Promise.all([pipeline(Readable.from([data]), command.stdin), pipeline(command.stdout, back)]);
      expect(back.digest('hex')).toBe(createHash('sha256').update(data).digest('hex'));
      expect(await command.exit).toMatchObject({ status: 0, lost: null });
      expect(rekeys() - rekeysBefore).toBeGreaterThan(mib / 2);
      await shell.close();
    },
  );

  const rekeys = (): number => sshd.log().split('SSH2_MSG_NEWKEYS received').length;
});

describeWithSshd('a host with the usual limit of 10 commands at once', () => {
  it('has room for streams while more commands than that are collected', async () => {
    const sshd = await startSshd({ hostKeys: ['ed25519'], config: ['MaxSessions 10'] });
    const shell = await connectSsh(sshd.target());
    const collected = Array.from({ length: 20 }, () => shell.collect(sh('sleep 0.2')));
    // The streams come last.
    await new Promise((resolve) => setImmediate(resolve));
    const streams = await Promise.all(Array.from({ length: 4 }, () => shell.start(sh('echo in; sleep 0.2'))));
    for (const { stdout, exit } of streams) {
      stdout.resume();
      expect(await exit).toMatchObject({ status: 0 });
    }
    for (const { status } of await Promise.all(collected)) expect(status).toBe(0);
    await shell.close();
    await sshd.stop();
  });
});

describeWithSshd('a host that allows few commands at once', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd({ config: ['MaxSessions 3'] });
  });
  afterAll(() => sshd.stop());

  it('refuses one too many by a code of its own, and takes it when another has ended', async () => {
    const shell = await connectSsh(sshd.target());
    const patient = () => shell.start(wireCommand(['cat']));
    const [first] = await Promise.all([patient(), patient(), patient()]);
    await expect(patient()).rejects.toMatchObject({ failure: { code: 'too-many-sessions', kind: 'passing' } });
    // No command can be run to end it with; it ends because its input does.
    first.kill();
    await first.exit;
    // The place is free once the host has seen its process end, which may be after it closed the channel.
    const again = () => shell.collect(wireCommand(['echo', 'again'])).catch((error: SluiceError) => error.failure.code);
    await expect.poll(again, { timeout: 20_000 }).toMatchObject({ status: 0, stdout: 'again\n' });
    await shell.close();
  });

  it('gets collected commands one after the other, however many are asked for', async () => {
    const shell = await connectSsh(sshd.target());
    const many = Array.from({ length: 12 }, (_, n) => shell.collect(wireCommand(['echo', String(n)])));
    expect((await Promise.all(many)).map(({ stdout }) => Number(stdout))).toEqual(many.map((_, n) => n));
    await shell.close();
  });
});
