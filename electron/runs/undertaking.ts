/**
 * What a run is after, over all its attempts and processes: the streams it is to bring, the request as it is by now, what was
 * done once and must not be left out or done again, and what was given up. Decides only; nothing here reaches a host.
 */
import { type Failure, failure, SluiceError, toFailure } from '../../shared/model/failure.ts';
import { type DatasetName, isWithin, labelOf } from '../../shared/model/names.ts';
import type { Loss, Plan, Step, Stream } from '../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { unconfirmed } from '../../shared/planning/confirmed.ts';
import {
  beyondConfirmed,
  type Clearing,
  clearingOf,
  clearingsOf,
  clearNoMore,
  nextRequest,
  releasesOfOld,
} from '../../shared/planning/next-attempt.ts';
import type { ChainsEnd } from './schedule.ts';

/**
 * “Newest” must not mean another snapshot at the next attempt: the one that the first plan chose is asked for by name. Single
 * datasets that are sent together have each its own newest; where those differ, no name says them all.
 */
function pinned(request: ReplicationRequest, streams: readonly Stream[]): ReplicationRequest {
  const goals = new Map(streams.map(({ target, snapshot }) => [target, labelOf(snapshot)]));
  const labels = request.package === 'single' ? new Set(goals.values()) : new Set([...goals.values()].slice(-1));
  const [label] = labels;
  return label === undefined || labels.size > 1
    ? request
    : { ...request, source: { ...request.source, snapshot: label } };
}

const leftOutBefore = (names: readonly DatasetName[]): Failure =>
  failure({
    code: 'left-out',
    message: `Left out after an earlier attempt of this run failed there: ${names.join(', ')}.`,
    next: 'Plan a new run to send them.',
  });

/** What the last attempt gave up before its process ended is in no request yet: those that failed for good, and what needs them. */
function withoutLeftOut({ plan, steps }: RunDetail): ReplicationRequest {
  const { request, members } = plan;
  const gone = new Set(plan.steps.flatMap(({ copy }, index) => (steps[index]?.leftOut === true ? (copy ?? []) : [])));
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const { copy, after } of members) if (after.some((needed) => gone.has(needed))) gone.add(copy);
  }
  return withoutSources(
    request,
    members.filter(({ copy }) => gone.has(copy)).map(({ source }) => source),
  );
}

const rootsOf = ({ source }: ReplicationRequest): DatasetName[] => [source.dataset, ...source.also];

/** One that was asked for by name is no longer asked for; what is inside another is excluded there. */
function withoutSources(request: ReplicationRequest, gone: readonly DatasetName[]): ReplicationRequest {
  const [dataset, ...also] = rootsOf(request).filter((root) => !gone.includes(root));
  // Of all of them nothing is left: the plan says so.
  if (dataset === undefined)
    return { ...request, source: { ...request.source, exclude: [...request.source.exclude, ...gone] } };
  const within = gone.filter((name) => [dataset, ...also].some((root) => isWithin(name, root)));
  return {
    ...request,
    source: { ...request.source, dataset, also, exclude: [...request.source.exclude, ...within] },
  };
}

/** @returns sources that the first plan had and that the request no longer asks for */
function leftOutOf({ request: before, members }: Plan, now: ReplicationRequest): DatasetName[] {
  const added = now.source.exclude.filter((name) => !before.source.exclude.includes(name));
  const roots = rootsOf(now);
  return members
    .map(({ source }) => source)
    .filter((name) => added.some((above) => isWithin(name, above)) || !roots.some((root) => isWithin(name, root)));
}

export class Undertaking {
  #request: ReplicationRequest;
  #streams: readonly Stream[];
  #isTaking: boolean;
  /** What comes after the data is done from the first plan, even if the data is all there by now. */
  readonly #first: Plan;
  /** Of members that were left out after a failure (`onFailure: skip-subtree`). */
  readonly #failures: Failure[] = [];
  readonly #givenUp = new Set<DatasetName>();
  /** What was confirmed to be cleared away at the destination and is not done yet, as far as is known. */
  readonly #toClear: Set<Clearing>;
  /** Commands of steps that this process has done, as JSON. */
  readonly #doneOnce = new Set<string>();

  /**
   * @param first the plan the user confirmed, in full even when an earlier run is resumed
   * @param earlier what the journal knows of the run then; null for a new one
   */
  constructor(first: Plan, earlier: RunDetail | null) {
    this.#first = first;
    // The request of the journal's last plan, not the run's first: what earlier attempts settled stays settled.
    const request = earlier === null ? first.request : withoutLeftOut(earlier);
    const left = leftOutOf(first, request);
    for (const { source, copy } of first.members) if (left.includes(source)) this.#givenUp.add(copy);
    if (left.length > 0) this.#failures.push(earlier?.summary.error ?? leftOutBefore(left));
    this.#streams = first.streams.filter(({ target }) => !this.#givenUp.has(target));
    const begun = (earlier?.steps ?? []).filter(({ state }) => state !== 'waiting');
    const isTaking = ({ kind, state }: (typeof begun)[number]) => kind === 'snapshot' && state !== 'done';
    this.#isTaking = begun.some(isTaking);
    this.#request = nextRequest(
      pinned(request, first.streams),
      begun.filter((step) => !isTaking(step)).map(({ kind }) => kind),
    );
    this.#toClear = new Set(clearingsOf(first.steps));
    if (earlier === null) return;
    this.#keepToClear(clearingsOf(earlier.plan.steps.filter((_, index) => earlier.steps[index]?.state !== 'done')));
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
      message: `${replaced.snapshot} is no longer the snapshot this run was planned for.`,
      cause: `Its GUID was ${was}, now it is ${replaced.guid}.`,
      next: 'Plan a new run.',
      evidence: { planned: was, found: replaced.guid },
    });
  }

  /**
   * Between the user's confirmation and a later attempt somebody may have written to a copy, or a stream of this run no longer fits: neither
   * was in anybody's list.
   *
   * @throws SluiceError `losses-changed` if the plan would destroy, discard or rename more than was confirmed and is not done yet
   */
  checkLosses(plan: Plan): void {
    this.#refuse(beyondConfirmed(this.#first, this.#toClear, plan), plan.losses);
  }

  /**
   * @param found what a step that is about to be done would destroy now
   * @throws SluiceError `losses-changed` if that is more than was confirmed
   */
  checkStepLosses(found: readonly Loss[]): void {
    const beyond = unconfirmed(found, this.#first.losses).map(({ name }) => name);
    this.#refuse(beyond, found);
  }

  #refuse(beyond: readonly string[], found: readonly Loss[]): void {
    if (beyond.length === 0) return;
    throw new SluiceError({
      code: 'losses-changed',
      message: `To continue, more would have to be deleted at the destination than was confirmed: ${beyond.join(', ')}.`,
      cause: 'It appeared there after the run was planned.',
      next: 'It was not touched. Plan a new run: it lists what exists now, and asks.',
      evidence: { confirmed: this.#first.losses, found },
    });
  }

  /** @returns the plan as it is carried out: with what earlier attempts have left to do after their data */
  adopt(plan: Plan): Plan {
    this.#keepToClear(clearingsOf(plan.steps));
    const whole: Plan = { ...plan, steps: this.#withEpilogues(plan) };
    if (this.#streams.length === 0 || this.#streams.some(({ guid }) => guid === null)) this.#streams = plan.streams;
    return whole;
  }

  /** True while it is unknown whether the snapshot the run was taking exists: the connection or the process was lost. */
  get isTaking(): boolean {
    return this.#isTaking;
  }

  /** It is there, and not taken again. */
  hasTaken(): void {
    this.#isTaking = false;
    this.#request = nextRequest(this.#request, ['snapshot']);
  }

  /** What of a stream arrives is there even if it is cut. */
  begins({ kind }: Step): void {
    if (kind === 'snapshot') this.#isTaking = true;
    if (kind === 'send-receive') this.#request = nextRequest(this.#request, [kind]);
  }

  hasDone(step: Step): void {
    this.#doneOnce.add(JSON.stringify(step.commands));
    if (step.kind === 'snapshot') this.#isTaking = false;
    this.#request = nextRequest(this.#request, [step.kind]);
    this.#keepToClear([...this.#toClear].filter((clearing) => clearing !== clearingOf(step)));
  }

  /** All but `left` is done, or was found done. Once nothing is left, what stands there is the run's own. */
  #keepToClear(left: readonly Clearing[]): void {
    if (this.#toClear.size === 0) return;
    for (const clearing of this.#toClear) if (!left.includes(clearing)) this.#toClear.delete(clearing);
    if (this.#toClear.size === 0) this.#request = clearNoMore(this.#request);
  }

  /** A later attempt does not try again what has failed for good. */
  leaveOut(plan: Plan, { failed, leftOut }: ChainsEnd): void {
    if (failed.length === 0) return;
    const gone = [...failed.map(({ copy }) => copy), ...leftOut];
    for (const copy of gone) this.#givenUp.add(copy);
    this.#failures.push(...failed.map(({ thrown }) => toFailure(thrown)));
    const sources = plan.members.filter(({ copy }) => gone.includes(copy)).map(({ source }) => source);
    this.#request = withoutSources(this.#request, sources);
  }

  /**
   * The plan's steps, and what comes after the data in the first plan for copies whose data a new plan finds there: an attempt
   * may have ended before it was done. Each of these steps is harmless twice. What was set aside is let go of even if more of the copy
   * is still to come.
   */
  #withEpilogues(plan: Plan): Step[] {
    const first = this.#first.steps;
    // A native package is one step of its topmost copy, and brings the others, too.
    const brings = (from: Plan, step: Step, copy: Step['copy']) =>
      step.kind === 'send-receive' && step.streams.some((index) => from.streams[index]?.target === copy);
    const isOfOld = releasesOfOld(this.#first, plan);
    const missing = first.filter((step, index) => {
      if (step.copy === null || step.kind === 'revoke' || this.#givenUp.has(step.copy)) return false;
      if (this.#doneOnce.has(JSON.stringify(step.commands))) return false;
      const lastStream = first.findLastIndex((one) => brings(this.#first, one, step.copy));
      if (lastStream < 0 || lastStream >= index) return false;
      return isOfOld(step) || !plan.steps.some((one) => brings(plan, one, step.copy));
    });
    const steps = plan.steps.length > 0 ? plan.steps : first.filter(({ kind }) => kind === 'verify');
    const end = steps.findIndex(({ kind }) => kind === 'verify');
    return steps === first || missing.length === 0
      ? [...steps]
      : steps.toSpliced(end < 0 ? steps.length : end, 0, ...missing);
  }
}
