/** The threads that relays run in: what they ask, and how they are kept for the next stream between the same ends. */
import type { Worker } from 'node:worker_threads';
import { type Ask, askNobody } from '../ssh/questions.ts';
import { startThread } from '../thread.ts';
import type { RelayEnds } from './job.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** A bundle lies flat in dist/, the sources are run as they are. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './relay-worker.ts' : './relay-worker.js',
  import.meta.url,
);

export class RelayThread {
  readonly worker: Worker;
  /** Answers what its logins ask. */
  ask: Ask = askNobody;
  #logins = new AbortController();
  #open = 0;

  constructor(worker: Worker = startThread(workerFile, { name: 'relay' })) {
    this.worker = worker;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ask') void this.#answer(message);
    });
    worker.once('exit', () => this.stopAsking());
  }

  /** True while somebody is thinking about an answer. */
  get isAsking(): boolean {
    return this.#open > 0;
  }

  say(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  /** What is asked now needs no answer any more. */
  stopAsking(): void {
    this.#logins.abort();
    this.#logins = new AbortController();
  }

  async #answer({ id, question }: Extract<FromWorker, { kind: 'ask' }>): Promise<void> {
    this.#open += 1;
    const answers = await this.ask(question, this.#logins.signal).catch(() => null);
    this.#open -= 1;
    this.say({ kind: 'answer', id, answers });
  }
}

/** A package's streams follow each other at once; what is idle for longer would only hold connections open, ms. */
const IDLE_MS = 10_000;

interface Idle {
  readonly thread: RelayThread;
  /** It is idle no longer. */
  readonly drop: () => void;
}

/** By the ends they lie between. */
const idleThreads = new Map<string, Idle[]>();

const between = ({ source, destination }: RelayEnds): string => JSON.stringify([source, destination]);

/** Keeps a thread, with its connections, for a stream that follows soon. */
export function keepIdle(ends: RelayEnds, thread: RelayThread): void {
  const key = between(ends);
  const { worker } = thread;
  const drop = (): void => {
    const left = idleThreads.get(key)?.filter((one) => one.thread !== thread) ?? [];
    if (left.length > 0) idleThreads.set(key, left);
    else idleThreads.delete(key);
    clearTimeout(timer);
    worker.off('exit', drop).off('error', drop);
  };
  const timer = setTimeout(() => {
    if (thread.isAsking) {
      timer.refresh();
      return;
    }
    drop();
    void worker.terminate();
  }, IDLE_MS);
  timer.unref();
  worker.unref();
  worker.on('exit', drop).on('error', drop);
  idleThreads.set(key, [...(idleThreads.get(key) ?? []), { thread, drop }]);
}

/** A thread that has its connections, or a new one that has yet to log in. */
export function takeThread(ends: RelayEnds): RelayThread {
  const found = idleThreads.get(between(ends))?.at(-1);
  if (found === undefined) return new RelayThread();
  found.drop();
  found.thread.worker.ref();
  return found.thread;
}

/**
 * Logs in at both ends for a stream that will be started soon. What cannot be reached is no fault yet: the stream tries again, and
 * tells.
 *
 * @param ask answers what the logins ask
 */
export function prepareRelay(ends: RelayEnds, ask: Ask): void {
  if (idleThreads.has(between(ends))) return;
  const thread = new RelayThread();
  thread.ask = ask;
  thread.say({ kind: 'connect', ends });
  keepIdle(ends, thread);
}
