import { expect, test } from 'vitest';
import { SluiceError } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { Carry } from './carry.ts';
import { type RelayJob, type StreamOutcome, streamSucceeded } from './job.ts';
import { FakeClock, streamsSettle } from './testing/fake-clock.ts';
import { lostLine, ScriptedShell } from './testing/scripted.ts';

const job: RelayJob = {
  source: { endpoint: { kind: 'local' }, command: wireCommand(['zfs', 'send', 'a/b@c']) },
  destination: { endpoint: { kind: 'local' }, command: wireCommand(['zfs', 'receive', 'd/e']) },
  limit: null,
};

interface Setup {
  readonly open?: (side: Side, signal: AbortSignal) => Promise<ScriptedShell>;
  readonly job?: Partial<RelayJob>;
}

/** A relay between two scripted ends, already sending unless `open` says otherwise. */
async function begin(setup: Setup = {}) {
  const shells = { source: new ScriptedShell(), destination: new ScriptedShell() };
  const clock = new FakeClock();
  const carry = new Carry(
    { ...job, ...setup.job },
    {
      clock,
      open: setup.open ?? (async (side) => shells[side]),
    },
  );
  const seen = { end: null as StreamOutcome | null };
  void carry.done.then((end) => {
    seen.end = end;
  });
  await streamsSettle();
  return { carry, clock, seen, shells, source: shells.source.command, destination: shells.destination.command };
}

test('success: the destination sees the end only after the source said status 0, and both lines are closed', async () => {
  const { carry, source, destination, shells } = await begin();
  expect(carry.meter().phase).toBe('sending');
  source.stdout.end('all of it');
  await streamsSettle();
  expect(destination.stdin.writableEnded).toBe(false);
  source.end({ status: 0 });
  await streamsSettle();
  expect(destination.stdin.writableEnded).toBe(true);
  expect(carry.meter().phase).toBe('finishing');
  destination.end({ status: 0, stderr: 'cannot mount' });
  const end = await carry.done;
  expect(streamSucceeded(end)).toBe(true);
  expect(end).toMatchObject({ bytes: 9, failedFirst: null, fault: null, destination: { stderr: 'cannot mount' } });
  expect(source.killed || destination.killed).toBe(false);
  expect(shells.source.isClosed && shells.destination.isClosed).toBe(true);
});

test.each([
  ['status 1', { status: 1, stderr: 'cannot send' }, null],
  ['no status at all', { status: null, signal: 'KILL' }, null],
  ['a lost line that looks like an end', { status: null, lost: lostLine.failure }, 'connection-lost'],
  ['a lost line after a status', { status: 0, lost: lostLine.failure }, 'connection-lost'],
])('a source that ends with %s: the destination never sees an end, it is ended', async (_, exit, fault) => {
  const { carry, source, destination } = await begin();
  source.stdout.end('half of it');
  await streamsSettle();
  source.end(exit);
  const end = await carry.done;
  expect(destination.stdin.writableEnded).toBe(false);
  expect(destination.killed).toBe(true);
  expect(end.failedFirst).toBe('source');
  expect(end.fault?.code ?? null).toBe(fault);
  expect(end.source).toMatchObject(exit);
  expect(end.destination?.signal).toBe('TERM');
  expect(streamSucceeded(end)).toBe(false);
});

test('a destination that refuses is the cause, and what the source says afterwards is not', async () => {
  const { carry, source, destination } = await begin();
  source.heedsKill = false;
  source.stdout.write('something');
  await streamsSettle();
  destination.end({ status: 1, stderr: 'cannot receive: destination exists' });
  await streamsSettle();
  expect(source.killed).toBe(true);
  source.end({ status: 141, stderr: 'Broken pipe' });
  const end = await carry.done;
  expect(end).toMatchObject({
    failedFirst: 'destination',
    fault: null,
    destination: { stderr: 'cannot receive: destination exists' },
    source: { status: 141 },
  });
});

test('a destination whose line is lost while finishing is reported as lost', async () => {
  const { carry, source, destination } = await begin();
  source.stdout.end();
  source.end({ status: 0 });
  await streamsSettle();
  expect(carry.meter().phase).toBe('finishing');
  destination.end({ status: null, lost: lostLine.failure });
  expect(await carry.done).toMatchObject({ failedFirst: 'destination', fault: { code: 'connection-lost' } });
});

test('finishing may take as long as it likes, and its silence is metered', async () => {
  const { carry, clock, source, destination, seen } = await begin();
  source.stdout.end('x');
  source.end({ status: 0 });
  await clock.pass(3_600_000);
  expect(seen.end).toBeNull();
  expect(carry.meter()).toMatchObject({ phase: 'finishing', silentMs: 3_600_000 });
  destination.end({ status: 0 });
  expect(streamSucceeded(await carry.done)).toBe(true);
});

test('a receiver that leaves at the END record, before the source has ended, is a success', async () => {
  const { carry, clock, source, destination, seen } = await begin();
  source.stdout.write('all of it');
  await streamsSettle();
  destination.end({ status: 0 });
  await clock.pass(20_000);
  expect(seen.end).toBeNull();
  source.stdout.end();
  source.end({ status: 0 });
  expect(streamSucceeded(await carry.done)).toBe(true);
});

test('a receiver that leaves with status 0 although more comes has ended early', async () => {
  const { carry, source, destination } = await begin();
  destination.end({ status: 0 });
  await streamsSettle();
  source.stdout.write('more');
  const end = await carry.done;
  expect(end).toMatchObject({ failedFirst: 'destination', fault: { code: 'destination-ended-early' } });
  expect(source.killed).toBe(true);
  expect(streamSucceeded(end)).toBe(false);
});

test('a receiver that left and a source that does not end: not waited for without limit', async () => {
  const { carry, clock, source, destination } = await begin();
  destination.end({ status: 0 });
  await clock.pass(31_000);
  expect(source.killed).toBe(true);
  expect(await carry.done).toMatchObject({ fault: { code: 'destination-ended-early' } });
});

test('a receiver that left and a source that fails then: the source is told', async () => {
  const { carry, source, destination } = await begin();
  destination.end({ status: 0 });
  await streamsSettle();
  source.end({ status: 1, stderr: 'warning: cannot send' });
  expect(await carry.done).toMatchObject({ failedFirst: 'source', source: { stderr: 'warning: cannot send' } });
});

test('a source whose stdout breaks is the cause', async () => {
  const { carry, clock, source, destination } = await begin();
  source.heedsKill = false;
  source.stdout.destroy(new Error('read EIO'));
  await clock.pass(25_000);
  expect(destination.killed).toBe(true);
  expect(await carry.done).toMatchObject({
    failedFirst: 'source',
    fault: { code: 'source-closed-early' },
    source: null,
  });
});

test('an end that does not react to being ended is not waited for without limit, and its line is closed', async () => {
  const { carry, clock, source, destination, shells } = await begin();
  destination.heedsKill = false;
  source.end({ status: 1 });
  await clock.pass(11_000);
  expect(await carry.done).toMatchObject({ failedFirst: 'source', destination: null });
  expect(shells.destination.isClosed).toBe(true);
});

test('cancelling ends both and is no one’s failure', async () => {
  const { carry, source, destination } = await begin();
  source.stdout.write('some');
  await streamsSettle();
  carry.cancel();
  carry.cancel();
  const end = await carry.done;
  expect(end).toMatchObject({ cancelled: true, failedFirst: null, fault: { code: 'cancelled' }, bytes: 4 });
  expect(source.killed && destination.killed).toBe(true);
  expect(destination.stdin.writableEnded).toBe(false);
});

test('cancelling while finishing ends the destination', async () => {
  const { carry, source, destination } = await begin();
  source.stdout.end();
  source.end({ status: 0 });
  await streamsSettle();
  carry.cancel();
  expect(await carry.done).toMatchObject({ cancelled: true, destination: { signal: 'TERM' } });
  expect(destination.killed).toBe(true);
});

test('cancelling while connecting gives both up and starts nothing', async () => {
  const { carry, source, destination } = await begin({
    open: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new SluiceError({ code: 'cancelled', message: 'given up' })));
      }),
  });
  expect(carry.meter().phase).toBe('connecting');
  carry.cancel();
  expect(await carry.done).toMatchObject({ cancelled: true, failedFirst: null, source: null, destination: null });
  expect(source.killed || destination.killed).toBe(false);
});

test('one end that cannot be reached: the other is given up, and that is not the cause', async () => {
  const { carry } = await begin({
    open: async (side, signal) => {
      if (side === 'destination') throw lostLine;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new SluiceError({ code: 'cancelled', message: 'given up' })));
      });
    },
  });
  const end = await carry.done;
  expect(end).toMatchObject({ failedFirst: 'destination', fault: { code: 'connection-lost' }, cancelled: false });
});

test('one end that cannot be reached after the other was: that one is closed', async () => {
  const source = new ScriptedShell();
  const { carry } = await begin({
    open: async (side) => {
      if (side === 'source') return source;
      await streamsSettle();
      throw lostLine;
    },
  });
  expect((await carry.done).failedFirst).toBe('destination');
  expect(source.isClosed).toBe(true);
});

test('a command that cannot be started ends the other', async () => {
  const destination = new ScriptedShell();
  const source = new ScriptedShell(new SluiceError({ code: 'too-many-sessions', message: 'no' }));
  const { carry } = await begin({ open: async (side) => (side === 'source' ? source : destination) });
  expect(await carry.done).toMatchObject({ failedFirst: 'source', fault: { code: 'too-many-sessions' }, source: null });
  expect(destination.command.killed).toBe(true);
});

test('it may be silent for a day', async () => {
  const { carry, clock, seen } = await begin();
  await clock.pass(86_400_000);
  expect(seen.end).toBeNull();
  expect(carry.meter().silentMs).toBe(86_400_000);
});

test('limit and pause asked for while connecting hold from the first byte', async () => {
  const shells = { source: new ScriptedShell(), destination: new ScriptedShell() };
  const gate = Promise.withResolvers<void>();
  const { carry, clock } = await begin({
    open: async (side) => {
      await gate.promise;
      return shells[side];
    },
  });
  carry.pause();
  carry.setLimit(1000);
  gate.resolve();
  await streamsSettle();
  shells.source.command.stdout.write(Buffer.alloc(10_000));
  await clock.pass(60_000);
  expect(carry.meter()).toMatchObject({ phase: 'sending', bytes: 0 });
  carry.goOn();
  await clock.pass(2000);
  expect(carry.meter().bytes).toBeGreaterThan(1900);
  expect(carry.meter().bytes).toBeLessThanOrEqual(2250);
  carry.cancel();
  await carry.done;
});

test('of a compressed stream what its source tells is metered, and taken out of its messages', async () => {
  const { carry, source, destination, seen } = await begin({ job: { tells: true } });
  source.say('size\t1000');
  source.say('12:00:01\t600\ttank/a@b');
  source.say('warning: something');
  source.stdout.end('packed');
  await streamsSettle();
  expect(carry.meter().bytes).toBe(600);
  source.end({ status: 0, stderr: 'all of it' });
  await streamsSettle();
  destination.end({ status: 0 });
  await streamsSettle();
  expect(seen.end).toMatchObject({ bytes: 1000, lineBytes: 6, source: { status: 0, stderr: 'warning: something\n' } });
});
