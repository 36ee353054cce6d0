/**
 * Carries out one plan: step by step, each announced in the journal before it is done. After a fault nothing in memory
 * is patched: both hosts are read and planned again. What a killed process leaves behind is
 * resumed in the same way.
 */
import { type Failure, toFailure } from '../../shared/model/failure.ts';
import type { Plan, Step } from '../../shared/model/plan.ts';
import type { RunDetail, RunEvent } from '../../shared/model/run.ts';
import { stepLosses } from '../../shared/planning/step-losses.ts';
import { readPlace } from '../hosts/inventory.ts';
import { type ReachHost, reachBoth } from '../hosts/reached.ts';
import { BackgroundTasks } from './background-tasks.ts';
import { type Ending, RunControl } from './control.ts';
import type { DirectKeys } from './direct-keys.ts';
import { Headway } from './headway.ts';
import { makePlan } from './make-plan.ts';
import { blocked, concluded, type Outcome, whyBlocked } from './outcome.ts';
import type { DirectBefore, SentBefore } from './pairs.ts';
import { Patience, type Retry } from './patience.ts';
import { RunProgress } from './progress.ts';
import { type Proof, prove } from './prove.ts';
import { type ChainsEnd, runChains, scheduleOf, type Turn } from './schedule.ts';
import { StepFault } from './step-fault.ts';
import { StepRunner } from './step-runner.ts';
import { Undertaking } from './undertaking.ts';
import { waitToRetry } from './wait-to-retry.ts';

type EventBody = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'run' | 'at'> : never) : never;

export interface RunParts {
  readonly id: string;
  readonly reach: ReachHost;
  readonly keys: DirectKeys;
  readonly sentBefore: SentBefore;
  readonly directBefore: DirectBefore;
  readonly emit: (event: RunEvent) => void;
  /** The one the user confirmed. */
  readonly plan: Plan;
  /** Of the earlier run, when resumed. */
  readonly interruptions: number;
  /** What the journal knows of the run, when resumed; null for a new one. */
  readonly earlier: RunDetail | null;
}

/** True if only the copy that failed, and what waits for it, is given up. */
const leavesOut = (plan: Plan, thrown: unknown): boolean =>
  plan.request.onFailure === 'skip-subtree' &&
  scheduleOf(plan).chains.length > 1 &&
  thrown instanceof StepFault &&
  thrown.failure.kind === 'permanent';

export class Run {
  readonly id: string;
  readonly #parts: RunParts;
  readonly #undertaking: Undertaking;
  readonly #control = new RunControl();
  readonly #progress: RunProgress;
  readonly #runner: StepRunner;
  readonly #remarks: { host: string; text: string }[] = [];
  readonly #begunAt: string;
  #limit: number | null;
  #interruptions: number;
  /** `started` is the first event of every process that carries a run out; before it there is nothing to tell. */
  #announced = false;

  constructor(parts: RunParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#undertaking = new Undertaking(parts.plan, parts.earlier);
    this.#progress = new RunProgress(parts.earlier?.progress?.sent);
    this.#interruptions = parts.interruptions;
    this.#begunAt = parts.earlier?.summary.startedAt ?? new Date().toISOString();
    this.#limit = parts.earlier === null ? this.#undertaking.request.limit : parts.earlier.limit;
    this.#runner = new StepRunner({
      run: parts.id,
      reach: parts.reach,
      keys: parts.keys,
      signal: this.#control.signal,
      onBegin: (index, step) => this.#progress.begin(step.streams, index),
      onMeter: (index, meter) => {
        this.#emit({ event: 'progress', ...this.#progress.meter(meter, index) });
      },
      onCarried: (index, { bytes, durationMs, arrived }) => this.#progress.end(bytes, durationMs, arrived, index),
      remark: (host, text, level) => this.#remark(host, text, level),
    });
    this.#runner.setLimit(this.#limit);
  }

  /** Streams pause, keeping their connections, and no further step is begun. */
  pause(): void {
    if (!this.#control.pause()) return;
    this.#runner.pause();
    this.#emitControl();
  }

  goOn(): void {
    if (!this.#control.goOn()) return;
    this.#runner.goOn();
    this.#emitControl();
  }

  /**
   * @param bytesPerSecond of all streams together, from now on; null: no limit
   * @throws SluiceError `limit-fixed`
   */
  setLimit(bytesPerSecond: number | null): void {
    this.#runner.setLimit(bytesPerSecond);
    this.#limit = bytesPerSecond;
    this.#emitControl();
  }

  /** A message of Sluice's own. */
  remark(text: string): void {
    this.#emit({ event: 'message', host: this.#undertaking.request.source.host, level: 'warning', text });
  }

  /** Ends the run at the next instant; what the destination has kept stays. */
  cancel(): void {
    this.#end('cancelled');
  }

  /** The application is closing: as `cancel`, but the run is to be resumed later. */
  interrupt(): void {
    this.#end('interrupted');
  }

  #end(how: Ending): void {
    this.#control.end(how);
    this.#runner.stopStreams();
  }

  /** Never rejects; the last event is always `finished`. */
  async carryOut(): Promise<Outcome> {
    let outcome: Outcome;
    try {
      outcome = await this.#attempts();
    } catch (thrown) {
      outcome = { status: 'failed', receipt: null, error: toFailure(thrown) };
    }
    await this.#runner.takeKeysOut();
    const { ending } = this.#control;
    if (ending !== null && outcome.status !== 'done') outcome = { status: ending, receipt: null, error: null };
    this.#emit({ event: 'finished', ...outcome });
    return outcome;
  }

  /** One attempt after another, until one ends or retrying is pointless. */
  async #attempts(): Promise<Outcome> {
    const patience = new Patience();
    const headway = new Headway();
    // A journal's plan was made for hosts as they were then: an earlier run reads them again first.
    let plan = this.#parts.earlier === null ? this.#parts.plan : null;
    for (let attempt = 1; ; attempt++) {
      try {
        plan ??= await this.#planAgain();
        if (!plan.ready) {
          const why = whyBlocked(plan);
          if (attempt === 1 || why.kind === 'permanent') return blocked(why);
          throw new StepFault(why, true);
        }
        headway.plans(plan);
        const outcome = await this.#carryOutPlan(plan, attempt);
        if (outcome !== null) return outcome;
      } catch (thrown) {
        if (this.#control.ending !== null) throw thrown;
        await this.#runner.takeKeysOut();
        const retry = patience.after(thrown, headway.take());
        if (retry === null) throw thrown;
        this.#interruptions++;
        await this.#waitToRetry(retry, toFailure(thrown));
      }
      plan = null;
    }
  }

  async #waitToRetry({ retry, inMs }: Retry, error: Failure): Promise<void> {
    this.#emit({ event: 'retry', attempt: retry, inMs, error });
    this.#emit({ event: 'progress', ...this.#progress.now('waiting') });
    const moved = await waitToRetry(inMs, this.#control.signal);
    if (moved) this.remark('This computer has a new network address: trying again at once.');
  }

  async #planAgain(): Promise<Plan> {
    if (this.#announced) this.#emit({ event: 'progress', ...this.#progress.now('planning') });
    await this.#runner.endOrphans();
    const { reach, sentBefore, directBefore } = this.#parts;
    // A limit that was set since then holds on every route.
    const make = () =>
      makePlan(
        { ...this.#undertaking.request, limit: this.#limit },
        reach,
        sentBefore,
        directBefore,
        this.#undertaking.isTaking,
      );
    let plan = await make();
    // The answer to `zfs snapshot` was lost: what exists decides.
    if (this.#undertaking.isTaking && plan.ready && plan.steps.every(({ kind }) => kind !== 'snapshot')) {
      this.#undertaking.hasTaken();
      plan = await make();
    }
    this.#undertaking.checkGoal(plan);
    this.#undertaking.checkLosses(plan);
    return plan;
  }

  /** @returns null once the snapshots are made that the plan could only name: their GUIDs are planned with now */
  async #carryOutPlan(planned: Plan, attempt: number): Promise<Outcome | null> {
    const plan = this.#undertaking.adopt(planned);
    this.#emit({ event: 'started', attempt, request: this.#undertaking.request, plan });
    this.#announced = true;
    this.#progress.plan(plan);
    this.#runner.adopt(plan);
    let proof: Proof | null = null;
    const perform = async (turn: Turn): Promise<void> => {
      proof = (await this.#takeTurn(plan, turn)) ?? proof;
    };
    const isOf = (turn: Turn, kind: Step['kind']) => turn.kind === 'step' && plan.steps[turn.index]?.kind === kind;
    const schedule = scheduleOf(plan);
    if (schedule.chains.length > 0) this.#runner.prepareStreams(plan);
    for (const turn of schedule.before) {
      await perform(turn);
      if (isOf(turn, 'snapshot')) return null;
    }
    const { concurrency } = plan.request;
    // Whether the next stream or the proof may begin does not depend on what is held and released.
    const background = new BackgroundTasks(concurrency);
    try {
      await runChains(schedule.chains, {
        concurrency,
        perform: async (turn) => {
          if (turn.kind === 'step') return await perform(turn);
          await this.#control.waitWhilePaused();
          await background.begin(() => this.#doBookkeeping(plan, turn.indexes));
        },
        isStream: (turn) => isOf(turn, 'send-receive'),
        leavesOut: (thrown) => leavesOut(plan, thrown),
        stopAll: () => this.#runner.stopStreams(),
        onEnd: (end) => this.#leaveOut(plan, end),
      });
      for (const turn of schedule.afterwards) await perform(turn);
    } finally {
      await background.end();
    }
    return concluded(proof, this.#undertaking.failures, {
      run: this.id,
      begunAt: this.#begunAt,
      sent: this.#progress.sent,
      interruptions: this.#interruptions,
      commands:
        this.#runner.commands.length > 0 ? this.#runner.commands : plan.steps.flatMap(({ commands }) => commands),
      remarks: this.#remarks,
    });
  }

  #leaveOut(plan: Plan, end: ChainsEnd): void {
    this.#undertaking.leaveOut(plan, end);
    const { host } = plan.request.destination;
    for (const { copy, thrown } of end.failed) {
      const { message, cause } = toFailure(thrown);
      this.#remark(host, `${copy} failed: ${message} ${cause}`.trim(), 'warning');
    }
    if (end.leftOut.length > 0) this.#remark(host, `Left out with them: ${end.leftOut.join(', ')}`, 'warning');
  }

  /** @returns the proof, if it is in this turn */
  async #takeTurn(plan: Plan, turn: Turn): Promise<Proof | null> {
    await this.#control.waitWhilePaused();
    if (turn.kind === 'step') return await this.#carryOutStep(plan, turn.index);
    await this.#doBookkeeping(plan, turn.indexes);
    return null;
  }

  /** Announces a step, does it, and reports how it went; a step that is not essential may fail. */
  async #carryOutStep(plan: Plan, index: number): Promise<Proof | null> {
    const step = this.#begin(plan, index);
    let proof: Proof | null = null;
    try {
      if (step.kind === 'verify') proof = await this.#prove(step);
      else {
        if (step.destructive) await this.#lookAgain(step);
        await this.#runner.perform(plan, step, index);
      }
    } catch (thrown) {
      this.#tellStep(index, step, 'failed', step.essential && leavesOut(plan, thrown));
      if (step.essential || this.#control.ending !== null) throw thrown;
      this.#remarkFailure(step, toFailure(thrown));
      return null;
    }
    this.#tellStep(index, step, 'done');
    this.#undertaking.hasDone(step);
    return proof;
  }

  /**
   * Between the plan and this step there may have been a pause, or hours of streams: what came meanwhile is on no list.
   *
   * @throws SluiceError `losses-changed`
   */
  async #lookAgain(step: Step): Promise<void> {
    if (step.copy === null) return;
    const { shell, host, tools } = await this.#parts.reach(step.host);
    const now = await readPlace(shell, host, tools, { kind: 'dataset', name: step.copy }, 'destination');
    this.#undertaking.checkStepLosses(stepLosses(step, now));
  }

  /** Announces steps that all may fail, does them at once, and reports how each went. */
  async #doBookkeeping(plan: Plan, indexes: readonly number[]): Promise<void> {
    const begun = indexes.map((index) => ({ index, step: this.#begin(plan, index) }));
    const failures = await this.#runner.performTogether(
      plan,
      begun.map(({ step }) => step),
    );
    for (const { index, step } of begun) {
      const failed = failures.has(step);
      this.#tellStep(index, step, failed ? 'failed' : 'done');
      if (!failed) this.#undertaking.hasDone(step);
    }
    if (this.#control.ending !== null) return;
    // A line that is lost fails all of them for one reason.
    const reasons = new Set<string>();
    for (const [step, reason] of failures) {
      const key = JSON.stringify([step.host, reason]);
      if (!reasons.has(key)) this.#remarkFailure(step, reason);
      reasons.add(key);
    }
  }

  #begin(plan: Plan, index: number): Step {
    const step = plan.steps[index];
    if (step === undefined) throw new Error(`There is no step ${index}`);
    this.#tellStep(index, step, 'begun');
    this.#undertaking.begins(step);
    if (step.kind !== 'send-receive') this.#emit({ event: 'progress', ...this.#progress.beside(step) });
    return step;
  }

  /** @param leftOut written down with the failure: whoever resumes the run must not try its copy again */
  #tellStep(index: number, { kind, title }: Step, state: 'begun' | 'done' | 'failed', leftOut = false): void {
    this.#emit({ event: 'step', index, kind, title, state, ...(leftOut ? { leftOut } : {}) });
  }

  #remarkFailure({ host }: Step, { message, stderr }: Failure): void {
    this.#remark(host, `${message} ${stderr.source}${stderr.destination}`.trim(), 'warning');
  }

  async #prove(step: Step): Promise<Proof> {
    this.#runner.commands.push(...step.commands);
    const { request, first, streams } = this.#undertaking;
    const [source, destination] = await reachBoth(this.#parts.reach, request);
    return await prove(first, streams, { source, destination });
  }

  #remark(host: string, text: string, level: 'info' | 'warning'): void {
    this.#remarks.push({ host, text });
    this.#emit({ event: 'message', host, level, text });
  }

  #emitControl(): void {
    this.#emit({ event: 'control', paused: this.#control.paused, limit: this.#limit });
  }

  #emit(body: EventBody): void {
    this.#parts.emit({ run: this.id, at: new Date().toISOString(), ...body } as RunEvent);
  }
}
