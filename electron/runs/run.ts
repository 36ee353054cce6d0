/**
 * Carries out one plan: step by step, each announced in the journal before it is done. After a fault nothing in memory
 * is patched: both hosts are read afresh and the plan is made anew (rule 6). What a killed process leaves behind is
 * gone on with in the same way.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, failure, SluiceError, toFailure } from '../../shared/model/failure.ts';
import { labelOf } from '../../shared/model/names.ts';
import type { Command, Plan, Step, Stream } from '../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { Phase, Receipt, RunDetail, RunEvent } from '../../shared/model/run.ts';
import { askAgain } from '../../shared/planning/again.ts';
import { retryDelayMs } from '../../shared/transfer/retry.ts';
import { commandFailure, saysAlreadySo } from '../../shared/zfs/diagnose.ts';
import { showCommand, wireCommand } from '../../shared/zfs/wire.ts';
import type { Relay } from '../transfer/relay.ts';
import { carryStream } from './carry-stream.ts';
import { makePlan, type Reach } from './make-plan.ts';
import type { SentBefore } from './pairs.ts';
import { RunProgress } from './progress.ts';
import { type Proof, prove } from './prove.ts';

/** Attempts in a row that may fail without a byte moved and without a lost line, before a fault counts as permanent. */
const FRUITLESS_ATTEMPTS = 5;
const COMMAND_TIMEOUT_MS = 30 * 60_000;

type EventBody = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'run' | 'at'> : never) : never;
type Ended = Extract<RunEvent, { event: 'finished' }>;
type Outcome = Pick<Ended, 'status' | 'receipt' | 'error'>;

export interface RunParts {
  readonly id: string;
  readonly reach: Reach;
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
  readonly #commands: Command[] = [];
  readonly #begunAt: string;
  #request: ReplicationRequest;
  /** Every stream that this run is to bring, over all its attempts. */
  #streams: readonly Stream[];
  /** The plan the run began with: what comes after the data is done from it, even if the data is all there by now. */
  #first: Plan | null;
  #relay: Relay | null = null;
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
    this.#relay?.cancel();
  }

  /** Never rejects; the last event is always `finished`. */
  async carryOut(): Promise<Outcome> {
    let outcome: Outcome;
    try {
      outcome = await this.#attempts();
    } catch (thrown) {
      outcome = { status: 'failed', receipt: null, error: toFailure(thrown) };
    }
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
    const steps = plan.streams.length > 0 || plan.steps.length > 0 ? plan.steps : this.#epilogue();
    const shown: Plan = { ...plan, steps };
    this.#first ??= shown;
    if (this.#streams.length === 0 || this.#streams.some(({ guid }) => guid === null)) this.#streams = plan.streams;
    this.#emit({ event: 'started', attempt, request: this.#request, plan: shown });
    this.#announced = true;
    this.#progress.plan(shown);
    let proof: Proof | null = null;
    for (const [index, step] of steps.entries()) {
      if (this.#stopped !== null) throw new Error('stopped');
      this.#emit({ event: 'step', index, kind: step.kind, title: step.title, state: 'begun' });
      // What of a stream arrives is there even if it is cut.
      if (step.kind === 'send-receive') this.#request = askAgain(this.#request, [step.kind]);
      try {
        proof = (await this.#carryOutStep(shown, step)) ?? proof;
      } catch (thrown) {
        this.#emit({ event: 'step', index, kind: step.kind, title: step.title, state: 'failed' });
        if (step.essential || this.#stopped !== null) throw thrown;
        const { message, stderr } = toFailure(thrown);
        this.#remark(step.host, `${message} ${stderr.source}${stderr.destination}`.trim(), 'warning');
        continue;
      }
      this.#emit({ event: 'step', index, kind: step.kind, title: step.title, state: 'done' });
      this.#request = askAgain(this.#request, [step.kind]);
      if (step.kind === 'snapshot') return null;
    }
    return this.#outcomeOf(shown, proof);
  }

  /** What comes after the data in the first plan: done again when a new plan finds all data there; each is harmless twice. */
  #epilogue(): Step[] {
    const steps = this.#first?.steps ?? [];
    const last = steps.findLastIndex((step) => step.kind === 'send-receive');
    return last < 0 ? [] : steps.slice(last + 1);
  }

  #outcomeOf(plan: Plan, proof: Proof | null): Outcome {
    if (proof === null) return { status: 'done', receipt: null, error: null };
    const receipt = this.#receipt(plan, proof);
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

  async #carryOutStep(plan: Plan, step: Step): Promise<Proof | null> {
    if (step.kind === 'send-receive') {
      await this.#send(plan, step);
      return null;
    }
    this.#emit({ event: 'progress', ...this.#progress.now(phaseOf(plan, step)) });
    if (step.kind === 'verify') {
      this.#commands.push(...step.commands);
      return await prove(this.#first ?? plan, this.#streams, await this.#ends());
    }
    for (const command of step.commands) await this.#command(step, command);
    return null;
  }

  async #ends() {
    const [source, destination] = await Promise.all([
      this.#parts.reach(this.#request.source.host),
      this.#parts.reach(this.#request.destination.host),
    ]);
    return { source, destination };
  }

  async #send(plan: Plan, step: Step): Promise<void> {
    this.#commands.push(...step.commands);
    this.#progress.begin(step.streams);
    const carried = await carryStream(step, await this.#ends(), plan.request.limit, {
      onMeter: (meter) => {
        this.#moved ||= meter.bytes > 0;
        this.#emit({ event: 'progress', ...this.#progress.meter(meter) });
      },
      onRelay: (relay) => {
        this.#relay = relay;
        if (this.#stopped !== null) relay.cancel();
      },
    });
    this.#relay = null;
    this.#progress.end(carried.bytes, carried.durationMs, carried.fault === null && !carried.cancelled);
    if (carried.cancelled) throw new Error('stopped');
    if (carried.fault !== null) throw new StepFault(carried.fault, carried.lineLost);
    // ZFS reports what it could not do to a received dataset on stderr and ends with status 0.
    if (carried.stderr.source !== '') this.#remark(this.#request.source.host, carried.stderr.source, 'info');
    if (carried.stderr.destination !== '')
      this.#remark(this.#request.destination.host, carried.stderr.destination, 'warning');
  }

  async #command(step: Step, command: Command): Promise<void> {
    this.#commands.push(command);
    const { shell } = await this.#parts.reach(command.host);
    const collected = await shell.collect(wireCommand(command.argv), {
      timeoutMs: COMMAND_TIMEOUT_MS,
      signal: this.#stop.signal,
    });
    if (collected.status === 0) {
      if (collected.stderr.trim() !== '') this.#remark(command.host, collected.stderr.trim(), 'info');
      return;
    }
    if (saysAlreadySo(collected.stderr)) return;
    const side = command.host === this.#request.source.host ? 'source' : 'destination';
    throw new StepFault(
      failure(
        commandFailure({
          what: `${step.title}: ${showCommand(command.argv)}`,
          side,
          status: collected.status,
          stderr: collected.stderr,
        }),
      ),
      false,
    );
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
      commands: this.#commands.length > 0 ? this.#commands : plan.steps.flatMap((step) => step.commands),
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

/** A step that failed for a reason that may pass. */
class StepFault extends SluiceError {
  readonly lineLost: boolean;

  constructor(reason: Failure, lineLost: boolean) {
    super(reason);
    this.lineLost = lineLost;
  }
}
