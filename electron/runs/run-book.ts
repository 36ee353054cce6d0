/** All runs of this process and the journals of all others: starting, following, ending and going on with them. */
import { randomBytes } from 'node:crypto';
import { SluiceError } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Receipt, RunDetail, RunEvent, RunSummary } from '../../shared/model/run.ts';
import { foldRun } from '../../shared/model/run-state.ts';
import { Journals } from './journal.ts';
import type { Reach } from './make-plan.ts';
import type { PairBook } from './pairs.ts';
import { Run } from './run.ts';

interface Live {
  readonly run: Run;
  detail: RunDetail | null;
  readonly watchers: Set<(event: RunEvent) => void>;
  readonly ended: Promise<unknown>;
}

/** `20261121-233216-k3f9`: sorts by time, is short enough to type. */
function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const tail = [...randomBytes(4)].map((byte) => (byte % 36).toString(36)).join('');
  return `${stamp}-${tail}`;
}

export class RunBook {
  readonly #journals: Journals;
  readonly #reach: Reach;
  readonly #pairs: PairBook;
  readonly #live = new Map<string, Live>();

  constructor(stateDir: string, reach: Reach, pairs: PairBook) {
    this.#journals = new Journals(stateDir);
    this.#reach = reach;
    this.#pairs = pairs;
  }

  /** Begins to carry out a plan that is ready; returns at once. */
  start(plan: Plan): string {
    return this.#begin(newRunId(new Date()), plan, null);
  }

  /** @throws SluiceError `run-unknown`, `run-active`, `run-done` */
  resume(id: string): void {
    const earlier = this.get(id);
    if (this.#live.has(id))
      throw new SluiceError({ code: 'run-active', message: `Run ${id} is being carried out already.` });
    if (!earlier.summary.resumable) {
      throw new SluiceError({
        code: 'run-done',
        message: `Run ${id} is ${earlier.summary.status}; there is nothing to go on with.`,
        next: 'Plan a new run to send what is new.',
      });
    }
    this.#begin(id, null, earlier);
  }

  #begin(id: string, plan: Plan | null, earlier: RunDetail | null): string {
    const journal = this.#journals.open(id);
    const watchers = new Set<(event: RunEvent) => void>();
    const emit = (event: RunEvent) => {
      const live = this.#live.get(id);
      if (live !== undefined) live.detail = foldRun(live.detail, event);
      journal.write(event);
      this.#pairs.observe(event);
      for (const watcher of watchers) watcher(event);
    };
    const run = new Run({ id, reach: this.#reach, sentBefore: this.#pairs.get, emit, plan, earlier });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#live.set(id, { run, detail: earlier, watchers, ended: promise });
    // The caller gets the id before the first event, so that it can watch from the beginning.
    setImmediate(() => {
      run.carryOut().finally(() => {
        journal.close();
        this.#live.delete(id);
        resolve();
      });
    });
    return id;
  }

  /** Ends a run of this process. @throws SluiceError `run-not-here` */
  async cancel(id: string): Promise<void> {
    const live = this.#live.get(id);
    if (live === undefined) {
      throw new SluiceError({
        code: 'run-not-here',
        message: `Run ${id} is not being carried out here.`,
        next: 'Cancel it in the window or terminal that carries it out.',
      });
    }
    live.run.cancel();
    await live.ended;
  }

  get(id: string): RunDetail {
    return this.#live.get(id)?.detail ?? this.#journals.detail(id);
  }

  list(): RunSummary[] {
    return this.#journals.list().map((detail) => this.#live.get(detail.summary.run)?.detail?.summary ?? detail.summary);
  }

  /** @throws SluiceError `no-receipt` */
  receipt(id: string): Receipt {
    const { receipt, summary } = this.get(id);
    if (receipt !== null) return receipt;
    throw new SluiceError({
      code: 'no-receipt',
      message: `Run ${id} is ${summary.status} and has no receipt.`,
      next: 'A receipt is written when a run ends with its proof.',
    });
  }

  /** Events from now on; ends after `finished`, or at once for a run that is not under way here. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const live = this.#live.get(id);
    if (live === undefined) return;
    const queue: RunEvent[] = [];
    let wake = () => {};
    const watcher = (event: RunEvent) => {
      // Progress is replaced by newer progress that was not fetched yet; everything else is kept in order.
      if (event.event === 'progress' && queue.at(-1)?.event === 'progress') queue.pop();
      queue.push(event);
      wake();
    };
    const onAbort = () => wake();
    signal?.addEventListener('abort', onAbort);
    live.watchers.add(watcher);
    try {
      while (!signal?.aborted) {
        const event = queue.shift();
        if (event === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        yield event;
        if (event.event === 'finished') return;
      }
    } finally {
      live.watchers.delete(watcher);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Interrupts every run of this process, so that each can be gone on with, and waits for their journals. */
  async close(): Promise<void> {
    const all = [...this.#live.values()];
    for (const { run } of all) run.interrupt();
    await Promise.all(all.map(({ ended }) => ended));
  }
}
