/** All runs of this process and the journals of all others: starting, following, ending and going on with them. */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SluiceError, toFailure } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { assertNever } from '../../shared/model/result.ts';
import type { Receipt, RunDetail, RunEvent, RunSummary } from '../../shared/model/run.ts';
import { foldRun, interruptionsIn, promisedPlan } from '../../shared/model/run-state.ts';
import { EventQueue } from '../event-queue.ts';
import type { ReachHost } from '../hosts/reached.ts';
import { DirectKeys } from './direct-keys.ts';
import { Journals } from './journal.ts';
import type { PairBook } from './pairs.ts';
import { Recorder } from './recorder.ts';
import { Run } from './run.ts';
import { leaveOrder, type Order, watchOrders } from './run-orders.ts';
import { refuseSharedTarget } from './target-in-use.ts';

interface Live {
  readonly run: Run;
  readonly plan: Plan;
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
  readonly #reach: ReachHost;
  readonly #pairs: PairBook;
  readonly #keys: DirectKeys;
  readonly #live = new Map<string, Live>();
  /** Those whose journal has no end, and how long it is: longer, once another process resumes the run. */
  readonly #unwritten = new Map<string, { readonly detail: RunDetail; readonly size: number }>();
  readonly #countWatchers = new Set<(underWay: number) => void>();

  constructor(stateDir: string, reach: ReachHost, pairs: PairBook) {
    this.#journals = new Journals(stateDir);
    this.#keys = new DirectKeys(stateDir);
    this.#reach = reach;
    this.#pairs = pairs;
  }

  /** Begins to carry out a plan that is ready; returns at once. @throws SluiceError `target-in-use` */
  start(plan: Plan): string {
    return this.#begin(newRunId(new Date()), plan, null);
  }

  /** @throws SluiceError `run-unknown`, `run-active`, `run-done`, `target-in-use` */
  resume(id: string): void {
    const earlier = this.get(id);
    if (this.#live.has(id))
      throw new SluiceError({ code: 'run-active', message: `Run ${id} is being carried out already.` });
    if (!earlier.summary.resumable) {
      throw new SluiceError({
        code: 'run-done',
        message: `Run ${id} is ${earlier.summary.status}; there is nothing to resume.`,
        next: 'Plan a new run to send what is new.',
      });
    }
    const events = this.#journals.events(id);
    this.#begin(id, promisedPlan(events) ?? earlier.plan, { detail: earlier, interruptions: interruptionsIn(events) });
  }

  #begin(
    id: string,
    plan: Plan,
    before: { readonly detail: RunDetail; readonly interruptions: number } | null,
  ): string {
    const earlier = before?.detail ?? null;
    refuseSharedTarget(plan, this.#occupied());
    const journal = this.#journals.open(id);
    const watchers = new Set<(event: RunEvent) => void>();
    const recorder = new Recorder(journal, () => run.interrupt());
    const emit = (event: RunEvent) => {
      const { told, stop } = recorder.record(event);
      const live = this.#live.get(id);
      if (live !== undefined) live.detail = foldRun(live.detail, told);
      this.#learn(told);
      for (const watcher of watchers) watcher(told);
      if (stop !== null) throw stop;
    };
    const run = new Run({
      id,
      reach: this.#reach,
      keys: this.#keys,
      sentBefore: this.#pairs.get,
      directBefore: this.#pairs.directRate,
      emit,
      plan,
      earlier,
      interruptions: before?.interruptions ?? 0,
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#live.set(id, { run, plan, detail: earlier, watchers, ended: promise });
    this.#tellCount();
    const stopWatching = watchOrders(this.#journals.orderFile(id), (order) => this.#obey(id, order));
    void this.tidyUp();
    // The caller gets the id before the first event, so that it can watch from the beginning.
    setImmediate(async () => {
      try {
        await run.carryOut();
      } catch (thrown) {
        // It promises not to; but who watches waits for an end, and one run's fault must not end the application with all others.
        const at = new Date().toISOString();
        emit({ event: 'finished', run: id, at, status: 'failed', receipt: null, error: toFailure(thrown) });
      }
      try {
        stopWatching();
      } catch {
        // "EROFS: read-only file system, rm": an order remains that nobody obeys any more.
      }
      journal.close();
      if (recorder.endIsMissing) this.#remember(id);
      this.#live.delete(id);
      this.#tellCount();
      resolve();
    });
    return id;
  }

  /** What cannot be kept is not known to the next run, which then asks the copy itself. */
  #learn(event: RunEvent): void {
    try {
      this.#pairs.observe(event);
    } catch {
      // "ENOSPC: no space left on device, write": no reason to end a run that is all right.
    }
  }

  #remember(id: string): void {
    const detail = this.#live.get(id)?.detail ?? null;
    if (detail !== null) this.#unwritten.set(id, { detail, size: this.#journals.size(id) });
  }

  /** What this process knows of a run better than its journal does; null: nothing. */
  #known(id: string): RunDetail | null {
    const live = this.#live.get(id);
    if (live !== undefined) return live.detail;
    const unwritten = this.#unwritten.get(id);
    return unwritten !== undefined && unwritten.size === this.#journals.size(id) ? unwritten.detail : null;
  }

  /** What this process and others carry out. */
  #occupied() {
    const here = [...this.#live].map(([run, { plan }]) => ({ run, plan }));
    const elsewhere = this.#journals.active().map(({ summary, plan }) => ({ run: summary.run, plan }));
    return [...here, ...elsewhere];
  }

  /** Runs that this process carries out. */
  get underWay(): number {
    return this.#live.size;
  }

  /** Tells how many runs this process carries out, whenever that changes. */
  watchUnderWay(watcher: (underWay: number) => void): void {
    this.#countWatchers.add(watcher);
  }

  #tellCount(): void {
    for (const watcher of this.#countWatchers) watcher(this.#live.size);
  }

  /** A message of Sluice's own in every run of this process. */
  remark(text: string): void {
    for (const { run } of this.#live.values()) run.remark(text);
  }

  /** Ends a run, here or in another process, and waits until it has ended. @throws SluiceError `run-not-active` */
  async cancel(id: string): Promise<void> {
    const live = this.#order(id, { kind: 'cancel' });
    if (live !== null) await live.ended;
    else while (this.#journals.isActive(id)) await wait(200);
  }

  /** Pauses a run, keeping its connections. @throws SluiceError `run-not-active` */
  pause(id: string): void {
    this.#order(id, { kind: 'pause' });
  }

  /** @throws SluiceError `run-not-active` */
  goOn(id: string): void {
    this.#order(id, { kind: 'go-on' });
  }

  /**
   * @param bytesPerSecond of all streams of the run together; null: no limit
   * @throws SluiceError `run-not-active`, `limit-fixed`
   */
  setLimit(id: string, bytesPerSecond: number | null): void {
    this.#order(id, { kind: 'limit', bytesPerSecond });
  }

  /** @returns the run if it is carried out here; null if the order was left for the process that carries it out */
  #order(id: string, order: Order): Live | null {
    const live = this.#live.get(id);
    if (live !== undefined) {
      this.#carryOutOrder(live.run, order);
      return live;
    }
    const { status } = this.get(id).summary;
    if (!this.#journals.isActive(id)) {
      throw new SluiceError({
        code: 'run-not-active',
        message: `Run ${id} is ${status}; nothing is under way.`,
        next: 'What the destination has kept stays there; a new run resumes from it.',
      });
    }
    leaveOrder(this.#journals.orderFile(id), order);
    return null;
  }

  /** An order from another process, which nobody waits for. */
  #obey(id: string, order: Order): void {
    const live = this.#live.get(id);
    if (live === undefined) return;
    try {
      this.#carryOutOrder(live.run, order);
    } catch (thrown) {
      live.run.remark(toFailure(thrown).message);
    }
  }

  #carryOutOrder(run: Run, order: Order): void {
    switch (order.kind) {
      case 'cancel':
        run.cancel();
        break;
      case 'pause':
        run.pause();
        break;
      case 'go-on':
        run.goOn();
        break;
      case 'limit':
        run.setLimit(order.bytesPerSecond);
        break;
      default:
        assertNever(order);
    }
  }

  /** Takes out keys that runs of killed processes have left at destinations. What cannot be reached now is tried next time. */
  async tidyUp(): Promise<void> {
    const isGone = (run: string) => !this.#live.has(run) && !this.#journals.isActive(run);
    await this.#keys.takeOutLeft(isGone, async (host) => (await this.#reach(host)).shell);
  }

  get(id: string): RunDetail {
    return this.#known(id) ?? this.#journals.detail(id);
  }

  list(): RunSummary[] {
    return this.#journals.list().map((detail) => this.#known(detail.summary.run)?.summary ?? detail.summary);
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

  /**
   * Events from now on; ends after `finished`, or at once for a run that is not under way. Of one that another process
   * carries out they are what its journal gets, progress every few seconds.
   */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const live = this.#live.get(id);
    if (live === undefined) {
      yield* this.#journals.follow(id, signal);
      return;
    }
    // Progress is replaced by newer progress that was not fetched yet; everything else is kept in order.
    const queue = new EventQueue<RunEvent>((last, next) => last.event === 'progress' && next.event === 'progress');
    const watcher = (event: RunEvent): void => {
      queue.push(event);
      if (event.event === 'finished') queue.end();
    };
    live.watchers.add(watcher);
    try {
      yield* queue.read(signal);
    } finally {
      live.watchers.delete(watcher);
    }
  }

  /** Interrupts every run of this process, so that each can be resumed, and waits for their journals. */
  async close(): Promise<void> {
    const all = [...this.#live.values()];
    for (const { run } of all) run.interrupt();
    await Promise.all(all.map(({ ended }) => ended));
  }
}
