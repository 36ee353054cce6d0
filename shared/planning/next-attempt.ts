/**
 * How a run plans again after a fault: what it did itself must neither be undone nor be in its own way, and nothing is cleared
 * away that the user has not seen listed.
 */
import type { Plan, Step } from '../model/plan.ts';
import type { ReplicationRequest } from '../model/request.ts';
import { unconfirmed } from './confirmed.ts';

const CLEARING: readonly string[] = ['discard-partial', 'set-aside', 'roll-back'];

/** What a step clears away, and of which copy. */
export type Clearing = string;

export const clearingOf = ({ kind, copy }: Step): Clearing | null =>
  CLEARING.includes(kind) && copy !== null ? `${kind} ${copy}` : null;

export const clearingsOf = (steps: readonly Step[]): Clearing[] =>
  steps.map(clearingOf).filter((clearing) => clearing !== null);

/** @returns the request for the next plan once everything was cleared that was to be: what stands there now is the run's own. */
export const clearNoMore = (request: ReplicationRequest): ReplicationRequest => ({
  ...request,
  onDivergence: 'stop',
  partial: 'keep',
});

/**
 * @param kinds of the steps that were begun
 * @returns the request for the next plan: a snapshot that was made is not made again, and once something was cleared or
 *   streams were begun, the base that was picked may no longer be the destination's newest.
 */
export function nextRequest(request: ReplicationRequest, kinds: readonly string[]): ReplicationRequest {
  const took = kinds.includes('snapshot') && request.source.take;
  const moved = kinds.some((kind) => kind === 'send-receive' || CLEARING.includes(kind));
  if (!took && !moved) return request;
  return {
    ...request,
    ...(took ? { source: { ...request.source, take: false } } : {}),
    ...(moved ? { base: { kind: 'auto' } as const } : {}),
  };
}

/**
 * @param first the plan that the user confirmed
 * @param now a later one of the same run
 * @returns tells steps of the first plan that let go of what was set aside before this one: it knows nothing of that
 */
export function releasesOfOld(first: Pick<Plan, 'steps'>, now: Pick<Plan, 'steps'>): (step: Step) => boolean {
  const left = clearingsOf(now.steps);
  const old = first.steps.flatMap((step) =>
    step.kind === 'set-aside' && !left.includes(clearingOf(step) ?? '') ? (step.commands[0]?.argv.at(-1) ?? []) : [],
  );
  const isOld = (snapshot: string) =>
    old.some((name) => snapshot.startsWith(`${name}@`) || snapshot.startsWith(`${name}/`));
  return ({ kind, commands }) => kind === 'release' && commands.some(({ argv }) => isOld(argv.at(-1) ?? ''));
}

/**
 * @param confirmed what the user's yes was about
 * @param toClear what of that is still to be done; everything else there is by now somebody's work or the run's own
 * @param plan a later one of the same run
 * @returns what the plan would destroy, discard or rename beyond that, by name
 */
export function beyondConfirmed(
  confirmed: Pick<Plan, 'losses'>,
  toClear: ReadonlySet<Clearing>,
  plan: Pick<Plan, 'steps' | 'losses'>,
): string[] {
  const lost = unconfirmed(plan.losses, confirmed.losses).map(({ name }) => name);
  const cleared = plan.steps.flatMap((step) => {
    const clearing = clearingOf(step);
    return clearing === null || toClear.has(clearing) ? [] : [String(step.copy)];
  });
  return [...new Set([...lost, ...cleared])];
}
