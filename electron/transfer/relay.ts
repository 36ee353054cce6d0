import type { Failure } from '../../shared/model/failure.ts';
import { checkLimit } from '../../shared/transfer/rate-limit.ts';
import { askNobody } from '../ssh/questions.ts';
import { cancelled, workerCrashed } from './faults.ts';
import { type Meter, type RelayJob, type StreamOutcome, streamSucceeded } from './job.ts';
import type { FromWorker } from './messages.ts';
import { keepIdle, type RelayThread, takeThread } from './relay-thread.ts';
import type { StreamHandle, StreamListeners } from './stream-handle.ts';

/** Longer than a cancelled relay needs when both hosts are silent, ms; then the thread is ended from outside. */
const CANCEL_MS = 30_000;

/**
 * Carries the source command's stdout to the destination command's stdin, in a thread with connections of its own.
 *
 * @throws RangeError for a limit that is not positive and finite
 */
export function startRelay(job: RelayJob, listeners: StreamListeners): StreamHandle {
  // What the thread would choke on is told to the caller instead.
  checkLimit(job.limit);
  const ends = { source: job.source.endpoint, destination: job.destination.endpoint };
  const thread = takeThread(ends);
  const relay = followThread(thread, listeners, CANCEL_MS, (end) => {
    if (!streamSucceeded(end)) return false;
    keepIdle(ends, thread);
    return true;
  });
  thread.say({ kind: 'job', job });
  return relay;
}

/**
 * The main process's side of a relay whose thread is given its job.
 *
 * @param keeps takes the thread over for another job after an end, or not
 */
export function followThread(
  thread: RelayThread,
  listeners: StreamListeners,
  cancelMs = CANCEL_MS,
  keeps: (end: StreamOutcome) => boolean = () => false,
): StreamHandle {
  const { worker } = thread;
  thread.ask = listeners.ask ?? askNobody;
  let latest: Meter = { phase: 'connecting', bytes: 0, bytesPerSecond: 0, meanBytesPerSecond: 0, silentMs: 0 };
  let end: StreamOutcome | null = null;
  let crash: unknown = null;
  let cancelling: NodeJS.Timeout | undefined;

  const { promise: done, resolve: settle } = Promise.withResolvers<StreamOutcome>();

  const hear = (message: FromWorker): void => {
    if (message.kind === 'ask') return;
    if (message.kind === 'end') {
      end = message.end;
      if (!keeps(end)) {
        void worker.terminate();
        return;
      }
      worker.off('message', hear).off('error', fail).off('exit', over);
      thread.stopAsking();
      clearTimeout(cancelling);
      settle(end);
      return;
    }
    latest = message.meter;
    listeners.onMeter(latest);
  };
  const fail = (error: unknown): void => {
    crash = error;
  };
  const over = (code: number): void => {
    clearTimeout(cancelling);
    if (end === null) listeners.onMeter(latest);
    const why = crash instanceof Error ? crash.message : `The thread ended with code ${code}.`;
    settle(end ?? endWithout(cancelling === undefined ? workerCrashed(why) : cancelled, latest.bytes));
  };
  worker.on('message', hear).on('error', fail).on('exit', over);

  return {
    done,
    limitIsFixed: false,
    setLimit: (bytesPerSecond) => thread.say({ kind: 'limit', bytesPerSecond: checkLimit(bytesPerSecond) }),
    pause: () => thread.say({ kind: 'pause' }),
    goOn: () => thread.say({ kind: 'go-on' }),
    cancel: () => {
      thread.say({ kind: 'cancel' });
      cancelling ??= setTimeout(() => void worker.terminate(), cancelMs);
    },
  };
}

const endWithout = (fault: Failure, bytes: number): StreamOutcome => ({
  source: null,
  destination: null,
  pids: { source: null, destination: null },
  bytes,
  lineBytes: null,
  fault,
  failedFirst: null,
  cancelled: fault === cancelled,
});
