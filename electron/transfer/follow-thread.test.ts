import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import type { Meter } from './job.ts';
import { followThread, startRelay } from './relay.ts';
import { RelayThread } from './relay-thread.ts';

const meter: Meter = { phase: 'sending', bytes: 5, bytesPerSecond: 1, meanBytesPerSecond: 1, silentMs: 0 };
const tick = `require('node:worker_threads').parentPort.postMessage({ kind: 'tick', meter: ${JSON.stringify(meter)} });`;

const follow = (script: string, cancelMs?: number) => {
  const onMeter = vi.fn();
  return { onMeter, relay: followThread(new RelayThread(new Worker(script, { eval: true })), { onMeter }, cancelMs) };
};

test('a thread that throws ends the relay with a fault, the bytes so far, and a last reading', async () => {
  const { relay, onMeter } = follow(`${tick} setImmediate(() => { throw new Error('out of luck'); });`);
  expect(await relay.done).toMatchObject({
    bytes: 5,
    cancelled: false,
    failedFirst: null,
    fault: { code: 'relay-crashed', cause: 'out of luck', kind: 'passing' },
  });
  expect(onMeter).toHaveBeenCalledTimes(2);
});

test('a thread that exits without a word does so too', async () => {
  const { relay } = follow('process.exit(3);');
  expect(await relay.done).toMatchObject({ fault: { code: 'relay-crashed', cause: 'The thread ended with code 3.' } });
});

test('a thread that does not react to being cancelled is ended from outside', async () => {
  const { relay } = follow(`${tick} for (;;);`, 50);
  relay.cancel();
  expect(await relay.done).toMatchObject({ cancelled: true, fault: { code: 'cancelled' } });
});

test('a limit that is none is refused where it was asked for', () => {
  const command = 'true' as Parameters<typeof startRelay>[0]['source']['command'];
  const end = { endpoint: { kind: 'local' as const }, command };
  expect(() => startRelay({ source: end, destination: end, limit: 0 }, { onMeter: () => undefined })).toThrow(
    RangeError,
  );
});
