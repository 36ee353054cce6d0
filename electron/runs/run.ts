/**
 * Carries out one plan: step by step, each announced in the journal before it is done. After a fault nothing in memory
 * is patched: both hosts are read afresh and the plan is made anew (rule 6). What a killed process leaves behind is
 * gone on with in the same way.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, failure, SluiceError, toFailure } from '../../shared/model/failure.ts';
import { labelOf } from '../../shared/model/names.ts';
import type { Plan, Step, Stream } from '../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { Phase, Receipt, RunDetail, RunEvent } from '../../shared/model/run.ts';
import { askAgain } from '../../shared/planning/again.ts';
import { retryDelayMs } from '../../shared/transfer/retry.ts';
import type { DirectKeys } from './direct-keys.ts';
import { makePlan, type Reach } from './make-plan.ts';
import type { SentBefore } from './pairs.ts';
import { RunProgress } from './progress.ts';
import { type Proof, prove } from './prove.ts';
import { type ChainsEnd, runChains, scheduleOf } from './schedule.ts';
import { StepFault, StepRunner, Stopped } from './step-runner.ts';

/** Attempts in a row that may fail without a byte moved and without a lost line, before a fault counts as permanent. */
const FRUITLESS_ATTEMPTS = 5;

type EventBody = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'run' | 'at'> : never) : never;
type Ended = Extract<RunEvent, { event: 'finished' }>;
type Outcome = Pick<Ended, 'status' | 'receipt' | 'error'>;

export interface RunParts {
  readonly id: string;
  readonly reach: Reach;
  readonly keys: DirectKeys;
  readonly sentBefore: SentBefore;
  readonly emit: (event: RunEvent) => void;
  /** The plan the user confirmed; null when an earlier run is gone on with. */
  readonly plan: Plan | null;
  /** What the journal knows of the run, when it is gone on with. */
  readonly earlier: RunDetail | null;
}

const blockedBy = (plan: Plan): Failure => {
  const [finding] = plan.findings.filter((one) => one.severity === 'blocks');
  return failure({
    code: finding?.code ?? 'blocked',
    message: finding?.message ?? 'The plan is blocked.',
    next: finding?.fixes[0]?.label ?? 'Look at the findings of the plan.',
    evidence: finding?.evidence ?? {},
  });
};

export class Run {
  readonly id: string;
  readonly #parts: RunParts;
  readonly #stop = new AbortController();
  readonly #progress = new RunProgress();
  readonly #remarks: { host: string; text: string }[] = [];
  readonly #runner: StepRunner;
  readonly #begunAt: string;
  #request: ReplicationRequest;
  /** Every stream that this run is to bring, over all its attempts. */
  #streams: readonly Stream[];
  /** The plan the run began with: what comes after the data is done from it, even if the data is all there by now. */
  #first: Plan | null;
  /** Of members that were left out after a failure (`onFailure: skip-subtree`), over all attempts. */
  readonly #failures: Failure[] = [];
  readonly #givenUp = new Set<string>();
  /** Commands of steps that this process has done, as JSON. */
  readonly #doneOnce = new Set<string>();
  #limit: number | null;
  /** Settles when a paused run goes on; null while it is not paused. */
  #paused: PromiseWithResolvers<void> | null = null;
  #stopped: 'cancelled' | 'interrupted' | null = null;
  #interruptions = 0;
  #moved = false;
  #announced = false;

  constructor(parts: RunParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#first = parts.plan ?? parts.earlier?.plan ?? null;
    this.#streams = this.#first?.streams ?? [];
    this.#begunAt = parts.earlier?.summary.startedAt ?? new Date().toISOString();
    // The request of the journal's last plan, not the run's first: what earlier attempts settled stays settled.
    const request = this.#first?.request;
    if (request === undefined) throw new Error('A run needs a plan or a journal');
    const begun = (parts.earlier?.steps ?? []).filter(({ state }) => state !== 'waiting');
    this.#request = askAgain(
      this.#pinned(request),
      begun.map(({ kind }) => kind),
    );
    this.#limit = parts.earlier === null ? request.limit : parts.earlier.limit;
    this.#runner = new StepRunner({
      run: parts.id,
      reach: parts.reach,
      keys: parts.keys,
      signal: this.#stop.signal,
      onBegin: (index, step) => this.#progress.begin(step.streams, index),
      onMeter: (index, meter) => {
        this.#moved ||= meter.bytes > 0;
        this.#emit({ event: 'progress', ...this.#progress.meter(meter, index) });
      },
      onCarried: (index, { bytes, durationMs, arrived }) => this.#progress.end(bytes, durationMs, arrived, index),
      remark: (host, text, level) => this.#remark(host, text, level),
    });
    this.#runner.setLimit(this.#limit);
  }

  /** Streams stand still, with their connections, and no further step is begun. */
  pause(): void {
    if (this.#paused !== null || this.#stopped !== null) return;
    this.#paused = Promise.withResolvers();
    this.#runner.pause();
    this.#emitControl();
  }

  goOn(): void {
    if (this.#paused === null) return;
    this.#paused.resolve();
    this.#paused = null;
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
    this.#emit({ event: 'message', host: this.#request.source.host, level: 'warning', text });
  }

  #emitControl(): void {
    this.#emit({ event: 'control', paused: this.#paused !== null, limit: this.#limit });
  }

  /** Ends the run at the next instant; what the destination has kept stays. */
  cancel(): void {
    this.#end('cancelled');
  }

  /** The application is closing: as `cancel`, but the run is meant to go on later. */
  interrupt(): void {
    this.#end('interrupted');
  }

  #end(how: 'cancelled' | 'interrupted'): void {
    this.#stopped ??= how;
    this.#stop.abort();
    this.#paused?.resolve();
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
    if (this.#stopped !== null && outcome.status !== 'done')
      outcome = { status: this.#stopped, receipt: null, error: null };
    this.#emit({ event: 'finished', ...outcome });
    return outcome;
  }

  async #attempts(): Promise<Outcome> {
    let plan = this.#parts.plan;
    let fruitless = 0;
    let retries = 0;
    for (let attempt = 1; ; attempt++) {
      this.#moved = false;
      try {
        if (plan === null) plan = await this.#planAgain();
        if (!plan.ready) return { status: 'blocked', receipt: null, error: blockedBy(plan) };
        const outcome = await this.#carryOutPlan(plan, attempt);
        if (outcome !== null) return outcome;
        plan = null;
      } catch (thrown) {
        if (this.#stopped !== null) throw thrown;
        const fault = thrown as StepFault | Error;
        const error = fault instanceof StepFault ? fault.failure : toFailure(thrown);
        await this.#runner.takeKeysOut();
        if (error.kind === 'permanent') throw thrown;
        // What an earlier attempt left running at the destination makes it busy until its host notices the lost line.
        const lineLost = fault instanceof StepFault ? fault.lineLost || error.code === 'busy' : true;
        fruitless = this.#moved || lineLost ? 0 : fruitless + 1;
        if (fruitless >= FRUITLESS_ATTEMPTS) throw thrown;
        retries = this.#moved ? 1 : retries + 1;
        this.#interruptions++;
        await this.#waitToRetry(retries, error);
        plan = null;
      }
    }
  }

  async #waitToRetry(retry: number, error: Failure): Promise<void> {
    const inMs = retryDelayMs(retry, Math.random) ?? 0;
    this.#emit({ event: 'retry', attempt: retry, inMs, error, kept: null });
    this.#emit({ event: 'progress', ...this.#progress.now('waiting') });
    await wait(inMs, undefined, { signal: this.#stop.signal });
  }

  /** The request of the first plan, with the snapshot it chose: “newest” must not mean another one at the next attempt. */
  #pinned(request: ReplicationRequest): ReplicationRequest {
    const goal = this.#streams.at(-1);
    return goal === undefined
      ? request
      : { ...request, source: { ...request.source, snapshot: labelOf(goal.snapshot) } };
  }

  async #planAgain(): Promise<Plan> {
    // `started` is the first event of every process that carries a run out; before it there is nothing to tell.
    if (this.#announced) this.#emit({ event: 'progress', ...this.#progress.now('planning') });
    await this.#runner.endOrphans();
    const plan = await makePlan(this.#request, this.#parts.reach, this.#parts.sentBefore);
    const planned = new Map(this.#streams.map((stream) => [stream.snapshot, stream.guid]));
    const replaced = plan.streams.find(({ snapshot, guid }) => (planned.get(snapshot) ?? guid) !== guid);
    if (replaced !== undefined) {
      const was = planned.get(replaced.snapshot);
      throw new SluiceError({
        code: 'goal-replaced',
        message: `${replaced.snapshot} is now another snapshot than the one this run was planned for.`,
        cause: `Its GUID was ${was}, now it is ${replaced.guid}.`,
        next: 'Plan a new run.',
        evidence: { planned: was, found: replaced.guid },
      });
    }
    return plan;
  }

  /** @returns null once the snapshots are made that the plan could only name: their GUIDs are planned with now */
  async #carryOutPlan(plan: Plan, attempt: number): Promise<Outcome | null> {
    const steps = this.#withEpilogues(plan);
    const shown: Plan = { ...plan, steps };
    this.#first ??= shown;
    if (this.#streams.length === 0 || this.#streams.some(({ guid }) => guid === null)) this.#streams = plan.streams;
    this.#emit({ event: 'started', attempt, request: this.#request, plan: shown });
    this.#announced = true;
    this.#progress.plan(shown);
    const schedule = scheduleOf(shown);
    let proof: Proof | null = null;
    const perform = async (index: number): Promise<void> => {
      proof = (await this.#carryOutStep(shown, index)) ?? proof;
    };
    for (const index of schedule.before) {
      await perform(index);
      if (steps[index]?.kind === 'snapshot') return null;
    }
    const { concurrency, onFailure } = shown.request;
    const end = await runChains(schedule.chains, {
      concurrency,
      perform,
      isStream: (index) => steps[index]?.kind === 'send-receive',
      leavesOut: (thrown) =>
        onFailure === 'skip-subtree' &&
        schedule.chains.length > 1 &&
        thrown instanceof StepFault &&
        thrown.failure.kind === 'permanent',
      stopAll: () => this.#runner.stopStreams(),
    });
    this.#leaveOut(shown, end);
    for (const index of schedule.afterwards) await perform(index);
    return this.#outcomeOf(shown, proof);
  }

  /** A later attempt does not try again what has failed for good. */
  #leaveOut(plan: Plan, { failed, leftOut }: ChainsEnd): void {
    if (failed.length === 0) return;
    const sources = plan.members.flatMap(({ copy, source }) =>
      failed.some((one) => one.copy === copy) || leftOut.includes(copy) ? [source] : [],
    );
    const { source } = this.#request;
    this.#request = { ...this.#request, source: { ...source, exclude: [...source.exclude, ...sources] } };
    for (const copy of [...failed.map((one) => one.copy), ...leftOut]) this.#givenUp.add(copy);
    for (const { copy, thrown } of failed) {
      const error = toFailure(thrown);
      this.#failures.push(error);
      this.#remark(plan.request.destination.host, `${copy} failed: ${error.message} ${error.cause}`.trim(), 'warning');
    }
    if (leftOut.length > 0)
      this.#remark(plan.request.destination.host, `Left out with them: ${leftOut.join(', ')}`, 'warning');
  }

  /** Announces a step, does it, and tells how it went; a step that is not essential may fail. */
  async #carryOutStep(plan: Plan, index: number): Promise<Proof | null> {
    const step = plan.steps[index];
    if (step === undefined) throw new Error(`There is no step ${index}`);
    await this.#paused?.promise;
    if (this.#stopped !== null) throw new Stopped();
    const tell = (state: 'begun' | 'done' | 'failed') =>
      this.#emit({ event: 'step', index, kind: step.kind, title: step.title, state });
    tell('begun');
    // What of a stream arrives is there even if it is cut.
    if (step.kind === 'send-receive') this.#request = askAgain(this.#request, [step.kind]);
    else this.#emit({ event: 'progress', ...this.#progress.now(phaseOf(plan, step)) });
    let proof: Proof | null = null;
    try {
      if (step.kind === 'verify') proof = await this.#prove(plan, step);
      else await this.#runner.perform(plan, step, index);
    } catch (thrown) {
      tell('failed');
      if (step.essential || this.#stopped !== null) throw thrown;
      const { message, stderr } = toFailure(thrown);
      this.#remark(step.host, `${message} ${stderr.source}${stderr.destination}`.trim(), 'warning');
      return null;
    }
    tell('done');
    this.#doneOnce.add(JSON.stringify(step.commands));
    this.#request = askAgain(this.#request, [step.kind]);
    return proof;
  }

  async #prove(plan: Plan, step: Step): Promise<Proof> {
    this.#runner.commands.push(...step.commands);
    const [source, destination] = await Promise.all([
      this.#parts.reach(this.#request.source.host),
      this.#parts.reach(this.#request.destination.host),
    ]);
    return await prove(this.#first ?? plan, this.#streams, { source, destination });
  }

  /**
   * The plan's steps, and what comes after the data in the first plan for copies whose data a new plan finds there: an attempt may
   * have ended before it was done. Each of these steps is harmless twice.
   */
  #withEpilogues(plan: Plan): Step[] {
    const first = this.#first?.steps ?? [];
    const brings = (step: Step, copy: Step['copy']) =>
      step.kind === 'send-receive' && (step.copy === copy || step.copy === null);
    const missing = first.filter(
      (step, index) =>
        step.copy !== null &&
        step.kind !== 'revoke' &&
        !this.#givenUp.has(step.copy) &&
        !this.#doneOnce.has(JSON.stringify(step.commands)) &&
        first.findLastIndex((one) => brings(one, step.copy)) >= 0 &&
        first.findLastIndex((one) => brings(one, step.copy)) < index &&
        !plan.steps.some((one) => brings(one, step.copy)),
    );
    const steps = plan.steps.length > 0 ? plan.steps : first.filter(({ kind }) => kind === 'verify');
    const end = steps.findIndex(({ kind }) => kind === 'verify');
    return steps === first || missing.length === 0
      ? [...steps]
      : steps.toSpliced(end < 0 ? steps.length : end, 0, ...missing);
  }

  #outcomeOf(plan: Plan, proof: Proof | null): Outcome {
    if (proof === null) return { status: 'done', receipt: null, error: null };
    const receipt = this.#receipt(plan, proof);
    const [failed] = this.#failures;
    if (failed !== undefined) return { status: 'failed', receipt, error: failed };
    if (receipt.snapshots.every((snapshot) => snapshot.equal)) return { status: 'done', receipt, error: null };
    return {
      status: 'failed',
      receipt,
      error: failure({
        code: 'not-proved',
        message: 'The tools reported success, but the destination does not have what was sent.',
        cause: receipt.checks
          .filter(({ holds }) => !holds)
          .map(({ sentence }) => sentence)
          .join(' '),
        next: 'Do not rely on this copy. Look at both ends’ messages, then run again.',
      }),
    };
  }

  #remark(host: string, text: string, level: 'info' | 'warning'): void {
    this.#remarks.push({ host, text });
    this.#emit({ event: 'message', host, level, text });
  }

  #receipt(plan: Plan, proof: Proof): Receipt {
    const { bytes, ms } = this.#progress.wire;
    const finishedAt = new Date().toISOString();
    return {
      run: this.id,
      source: proof.source,
      destination: proof.destination,
      startedAt: this.#begunAt,
      finishedAt,
      snapshots: proof.snapshots,
      checks: proof.checks,
      proved: proof.proved,
      bytes,
      durationMs: Date.parse(finishedAt) - Date.parse(this.#begunAt),
      meanBytesPerSecond: ms > 0 ? (bytes / ms) * 1000 : 0,
      interruptions: this.#interruptions,
      commands: this.#runner.commands.length > 0 ? this.#runner.commands : plan.steps.flatMap((step) => step.commands),
      remarks: this.#remarks,
    };
  }

  #emit(body: EventBody): void {
    this.#parts.emit({ run: this.id, at: new Date().toISOString(), ...body } as RunEvent);
  }
}

/** Steps before the streams prepare, those after them finish. */
function phaseOf(plan: Plan, step: Step): Phase {
  if (step.kind === 'verify') return 'proving';
  const lastSend = plan.steps.findLastIndex(({ kind }) => kind === 'send-receive');
  return lastSend >= 0 && plan.steps.indexOf(step) > lastSend ? 'finishing' : 'preparing';
}
