import { PassThrough, Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { Pump, type PumpEnd } from './pump.ts';
import { FakeClock, streamsSettle } from './testing/fake-clock.ts';

/** A sink that takes a chunk only when told to, or everything at once. */
class Sink extends Writable {
  readonly taken: Buffer[] = [];
  #waiting: (() => void)[] = [];
  readonly #eager: boolean;

  constructor(eager: boolean, highWaterMark = 64 * 1024) {
    super({ highWaterMark });
    this.#eager = eager;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.taken.push(chunk);
    if (this.#eager) done();
    else this.#waiting.push(done);
  }

  accept(): void {
    this.#waiting.shift()?.();
  }

  get bytes(): number {
    return this.taken.reduce((sum, chunk) => sum + chunk.length, 0);
  }
}

/** Gives `chunks` chunks of `size` bytes, each with its own content, and counts what was asked of it. */
function numbered(chunks: number, size: number): Readable & { given: number } {
  let given = 0;
  const source = new Readable({
    highWaterMark: size,
    read() {
      this.push(given < chunks ? Buffer.alloc(size, given % 251) : null);
      given += 1;
    },
  });
  return Object.defineProperty(source, 'given', { get: () => given }) as Readable & { given: number };
}

function start(source: Readable, sink: Writable, limit: number | null = null) {
  const clock = new FakeClock();
  const counted = { bytes: 0, end: null as PumpEnd | null };
  const pump = new Pump(source, sink, {
    limit,
    clock,
    onAccepted: (bytes) => {
      counted.bytes += bytes;
    },
  });
  void pump.done.then((end) => {
    counted.end = end;
  });
  return { pump, clock, counted };
}

test('everything arrives, in order, is counted, and the sink is not ended', async () => {
  const sink = new Sink(true);
  const { pump, counted } = start(numbered(500, 10_000), sink);
  expect(await pump.done).toEqual({ kind: 'drained' });
  expect(counted.bytes).toBe(5_000_000);
  expect(
    Buffer.concat(sink.taken).equals(
      Buffer.concat(Array.from({ length: 500 }, (_, n) => Buffer.alloc(10_000, n % 251))),
    ),
  ).toBe(true);
  expect(sink.writableEnded).toBe(false);
});

test('an empty source drains', async () => {
  const { pump, counted } = start(Readable.from([]), new Sink(true));
  expect(await pump.done).toEqual({ kind: 'drained' });
  expect(counted.bytes).toBe(0);
});

test('a sink that takes nothing stops the source, and only what it takes counts', async () => {
  const sink = new Sink(false, 100_000);
  const source = numbered(1000, 10_000);
  const { counted } = start(source, sink);
  await streamsSettle();
  const { given } = source;
  expect(given).toBeLessThan(20);
  expect(counted.bytes).toBe(0);
  await streamsSettle();
  expect(source.given).toBe(given);
  sink.accept();
  await streamsSettle();
  expect(counted.bytes).toBe(10_000);
  expect(counted.end).toBeNull();
});

test('the end is not told before the sink accepted the last byte', async () => {
  const sink = new Sink(false);
  const { counted } = start(numbered(1, 10), sink);
  await streamsSettle();
  expect(sink.bytes).toBe(10);
  expect(counted.end).toBeNull();
  sink.accept();
  await streamsSettle();
  expect(counted.end).toEqual({ kind: 'drained' });
});

test('a limit is kept to, at any time and in the sum', async () => {
  const sink = new Sink(true);
  const { clock } = start(numbered(100_000, 10_000), sink, 1_000_000);
  for (let second = 1; second <= 20; second += 1) {
    await clock.pass(1000);
    expect(sink.bytes).toBeLessThanOrEqual(second * 1_000_000);
  }
  expect(sink.bytes).toBeGreaterThan(19_500_000);
});

test('a limit far below the size of a chunk lets slices through, in order', async () => {
  const sink = new Sink(true);
  const { clock } = start(Readable.from([Buffer.from(Array.from({ length: 4000 }, (_, n) => n % 256))]), sink, 1000);
  await clock.pass(2000);
  expect(sink.bytes).toBeGreaterThan(1900);
  expect(sink.bytes).toBeLessThanOrEqual(2000);
  await clock.pass(2500);
  expect(Buffer.concat(sink.taken)).toEqual(Buffer.from(Array.from({ length: 4000 }, (_, n) => n % 256)));
});

test('a limit can be set, changed and lifted while bytes flow', async () => {
  const sink = new Sink(true);
  const source = numbered(2000, 10_000);
  const { pump, clock, counted } = start(source, sink, 10_000);
  await clock.pass(10_000);
  expect(sink.bytes).toBeLessThanOrEqual(100_000);
  pump.setLimit(1_000_000);
  await clock.pass(10_000);
  expect(sink.bytes).toBeGreaterThan(9_500_000);
  expect(sink.bytes).toBeLessThanOrEqual(10_200_000);
  pump.setLimit(null);
  expect(await pump.done).toEqual({ kind: 'drained' });
  expect(counted.bytes).toBe(20_000_000);
  expect(clock.waiting).toBe(0);
});

test('a pause holds everything until it goes on', async () => {
  const sink = new Sink(true);
  const source = new PassThrough();
  const { pump, counted } = start(source, sink);
  source.write(Buffer.alloc(1000));
  await streamsSettle();
  pump.pause();
  source.write(Buffer.alloc(500));
  source.end(Buffer.alloc(500));
  await streamsSettle();
  expect(sink.bytes).toBe(1000);
  expect(counted.end).toBeNull();
  pump.goOn();
  expect(await pump.done).toEqual({ kind: 'drained' });
  expect(sink.bytes).toBe(2000);
});

test('a pause takes no tokens and leaves no timer running', async () => {
  const sink = new Sink(true);
  const { pump, clock } = start(numbered(1000, 10_000), sink, 100_000);
  await clock.pass(1000);
  pump.pause();
  expect(clock.waiting).toBe(0);
  const { bytes } = sink;
  await clock.pass(3_600_000);
  expect(sink.bytes).toBe(bytes);
  pump.goOn();
  await clock.pass(1000);
  expect(sink.bytes).toBeLessThanOrEqual(bytes + 125_000 + 100);
});

test('a failing source is told as such', async () => {
  const source = new PassThrough();
  const { pump } = start(source, new Sink(true));
  const error = new Error('read EIO');
  source.destroy(error);
  expect(await pump.done).toEqual({ kind: 'source-failed', error });
});

test('a source that closes without an end has failed', async () => {
  const source = new PassThrough();
  const { pump } = start(source, new Sink(true));
  source.destroy();
  expect(await pump.done).toMatchObject({ kind: 'source-failed' });
});

test('a failing sink is told as such, and later errors of either stream end nothing', async () => {
  const source = new PassThrough();
  const sink = new Sink(true);
  const { pump } = start(source, sink);
  const error = new Error('write EPIPE');
  sink.destroy(error);
  source.write('more');
  expect(await pump.done).toEqual({ kind: 'sink-failed', error });
  source.destroy(new Error('late'));
  sink.emit('error', new Error('later'));
  await streamsSettle();
});

test.each([undefined, new Error('gone')])(
  'a sink that closes (%s) has failed only if it is owed something',
  async (why) => {
    const source = new PassThrough();
    const sink = new Sink(true);
    const { pump, counted } = start(source, sink);
    source.write(Buffer.alloc(10));
    await streamsSettle();
    sink.destroy(why);
    await streamsSettle();
    expect(counted.end).toBeNull();
    source.end();
    expect(await pump.done).toEqual({ kind: 'drained' });

    const more = new PassThrough();
    const closed = new Sink(true);
    const second = start(more, closed);
    closed.destroy(why);
    await streamsSettle();
    more.write(Buffer.alloc(10));
    expect(await second.pump.done).toMatchObject({ kind: 'sink-failed' });
  },
);

test('a sink that fails while it owes an answer has failed at once', async () => {
  const sink = new Sink(false);
  const { pump } = start(numbered(10, 10), sink);
  await streamsSettle();
  const error = new Error('write EPIPE');
  sink.destroy(error);
  expect(await pump.done).toEqual({ kind: 'sink-failed', error });
});

test('stopping leaves both streams open and moves nothing more', async () => {
  const source = numbered(1000, 10_000);
  const sink = new Sink(false);
  const { pump } = start(source, sink);
  await streamsSettle();
  pump.stop();
  expect(await pump.done).toEqual({ kind: 'stopped' });
  const { bytes } = sink;
  pump.goOn();
  pump.setLimit(5);
  sink.accept();
  await streamsSettle();
  expect(source.destroyed || sink.destroyed).toBe(false);
  expect(sink.bytes - bytes).toBeLessThanOrEqual(64 * 1024 + 10_000);
});

test.each([0, 9_999, 10_000, 25_001])('the one byte that a test wants changed is changed, at %d', async (flipAt) => {
  const sink = new Sink(true);
  const clock = new FakeClock();
  const pump = new Pump(numbered(3, 10_000), sink, { limit: null, clock, onAccepted: () => undefined, flipAt });
  expect(await pump.done).toEqual({ kind: 'drained' });
  const expected = Buffer.concat([0, 1, 2].map((n) => Buffer.alloc(10_000, n)));
  const found = [...Buffer.concat(sink.taken)].flatMap((byte, at) => (byte === expected[at] ? [] : [at]));
  expect(found).toEqual([flipAt]);
});
