/**
 * What a run is after, over all its attempts and processes: the streams it is to bring, the request as it is by now, what was
 * done once and must not be left out or done again, and what was given up. Decides only; nothing here reaches a host.
 */
import { type Failure, SluiceError, toFailure } from '../../shared/model/failure.ts';
import { type DatasetName, labelOf } from '../../shared/model/names.ts';
import type { Plan, Step, Stream } from '../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { askAgain } from '../../shared/planning/again.ts';
import type { ChainsEnd } from './schedule.ts';

/** “Newest” must not mean another snapshot at the next attempt: the one that the first plan chose is asked for by name. */
function pinned(request: ReplicationRequest, streams: readonly Stream[]): ReplicationRequest {
  const goal = streams.at(-1);
  return goal === undefined ? request : { ...request, source: { ...request.source, snapshot: labelOf(goal.snapshot) } };
}

export class Undertaking {
  #request: ReplicationRequest;
  #streams: readonly Stream[];
  /** What comes after the data is done from the first plan, even if the data is all there by now. */
  readonly #first: Plan;
  /** Of members that were left out after a failure (`onFailure: skip-subtree`). */
  readonly #failures: Failure[] = [];
  readonly #givenUp = new Set<DatasetName>();
  /** Commands of steps that this process has done, as JSON. */
  readonly #doneOnce = new Set<string>();

  /**
   * @param first the plan the user confirmed, or the journal's when an earlier run is gone on with
   * @param earlier what the journal knows of the run then; null for a new one
   */
  constructor(first: Plan, earlier: RunDetail | null) {
    this.#first = first;
    this.#streams = first.streams;
    const begun = (earlier?.steps ?? []).filter(({ state }) => state !== 'waiting');
    // The request of the journal's last plan, not the run's first: what earlier attempts settled stays settled.
    this.#request = askAgain(
      pinned(first.request, first.streams),
      begun.map(({ kind }) => kind),
    );
  }

  /** What the next plan is made from. */
  get request(): ReplicationRequest {
    return this.#request;
  }

  /** Every stream that the run is to bring. */
  get streams(): readonly Stream[] {
    return this.#streams;
  }

  /** Why members were left out, in order. */
  get failures(): readonly Failure[] {
    return this.#failures;
  }

  /** The plan that says what has to be there in the end. */
  get first(): Plan {
    return this.#first;
  }

  /** @throws SluiceError `goal-replaced` if the plan would bring another snapshot of a name that was planned */
  checkGoal(plan: Plan): void {
    const planned = new Map(this.#streams.map((stream) => [stream.snapshot, stream.guid]));
    const replaced = plan.streams.find(({ snapshot, guid }) => (planned.get(snapshot) ?? guid) !== guid);
    if (replaced === undefined) return;
    const was = planned.get(replaced.snapshot);
    throw new SluiceError({
      code: 'goal-replaced',
      message: `${replaced.snapshot} is now another snapshot than the one this run was planned for.`,
      cause: `Its GUID was ${was}, now it is ${replaced.guid}.`,
      next: 'Plan a new run.',
      evidence: { planned: was, found: replaced.guid },
    });
  }

  /** @returns the plan as it is carried out: with what earlier attempts have left to do after their data */
  adopt(plan: Plan): Plan {
    const whole: Plan = { ...plan, steps: this.#withEpilogues(plan) };
    if (this.#streams.length === 0 || this.#streams.some(({ guid }) => guid === null)) this.#streams = plan.streams;
    return whole;
  }

  /** What of a stream arrives is there even if it is cut. */
  begins({ kind }: Step): void {
    if (kind === 'send-receive') this.#request = askAgain(this.#request, [kind]);
  }

  hasDone(step: Step): void {
    this.#doneOnce.add(JSON.stringify(step.commands));
    this.#request = askAgain(this.#request, [step.kind]);
  }

  /** A later attempt does not try again what has failed for good. */
  leaveOut(plan: Plan, { failed, leftOut }: ChainsEnd): void {
    if (failed.length === 0) return;
    const gone = [...failed.map(({ copy }) => copy), ...leftOut];
    for (const copy of gone) this.#givenUp.add(copy);
    this.#failures.push(...failed.map(({ thrown }) => toFailure(thrown)));
    const { source } = this.#request;
    const sources = plan.members.filter(({ copy }) => gone.includes(copy)).map((member) => member.source);
    this.#request = { ...this.#request, source: { ...source, exclude: [...source.exclude, ...sources] } };
  }

  /**
   * The plan's steps, and what comes after the data in the first plan for copies whose data a new plan finds there: an attempt
   * may have ended before it was done. Each of these steps is harmless twice.
   */
  #withEpilogues(plan: Plan): Step[] {
    const first = this.#first.steps;
    const brings = (step: Step, copy: Step['copy']) =>
      step.kind === 'send-receive' && (step.copy === copy || step.copy === null);
    const missing = first.filter((step, index) => {
      if (step.copy === null || step.kind === 'revoke' || this.#givenUp.has(step.copy)) return false;
      if (this.#doneOnce.has(JSON.stringify(step.commands))) return false;
      const lastStream = first.findLastIndex((one) => brings(one, step.copy));
      return lastStream >= 0 && lastStream < index && !plan.steps.some((one) => brings(one, step.copy));
    });
    const steps = plan.steps.length > 0 ? plan.steps : first.filter(({ kind }) => kind === 'verify');
    const end = steps.findIndex(({ kind }) => kind === 'verify');
    return steps === first || missing.length === 0
      ? [...steps]
      : steps.toSpliced(end < 0 ? steps.length : end, 0, ...missing);
  }
}
