/** In which order, and how many at once, the steps of a plan may be done. */
import { type DatasetName, isWithin } from '../../shared/model/names.ts';
import type { Plan, Step } from '../../shared/model/plan.ts';

/** What is done for one copy, in order. */
export interface Chain {
  readonly copy: DatasetName;
  /** Indexes into the plan's steps. */
  readonly steps: readonly number[];
  /** Copies of other chains that must have had their first stream. */
  readonly after: readonly DatasetName[];
}

export interface Schedule {
  /** One after the other, before any stream. */
  readonly before: readonly number[];
  readonly chains: readonly Chain[];
  /** One after the other, at the end. */
  readonly afterwards: readonly number[];
}

const brings = ({ kind }: Step): boolean => kind === 'send-receive' || kind === 'authorize';

/**
 * What makes room and holds comes first and is about all; then each copy has its chain of steps; what is about the whole comes last.
 * A plan whose steps in between are not about one copy each (a native package) has one chain.
 */
export function scheduleOf(plan: Pick<Plan, 'steps' | 'members' | 'target'>): Schedule {
  const { steps } = plan;
  const indexes = steps.map((_, index) => index);
  const first = steps.findIndex(brings);
  if (first < 0) return { before: indexes, chains: [], afterwards: [] };
  const last = steps.findLastIndex(({ kind, copy }) => copy !== null || kind === 'send-receive');
  const middle = indexes.slice(first, last + 1);
  const rest = { before: indexes.slice(0, first), afterwards: indexes.slice(last + 1) };
  const byCopy = Map.groupBy(middle, (index) => steps[index]?.copy ?? null);
  if (byCopy.has(null)) return { ...rest, chains: [{ copy: plan.target, steps: middle, after: [] }] };
  const copies = [...byCopy.keys()].filter((copy) => copy !== null);
  const bringing = new Set(
    copies.filter((copy) => byCopy.get(copy)?.some((index) => steps[index]?.kind === 'send-receive')),
  );
  const chains = copies.map((copy): Chain => {
    const member = plan.members.find((one) => one.copy === copy);
    const above = copies.filter((other) => other !== copy && isWithin(copy, other));
    const after = new Set([...(member?.after ?? []), ...above]);
    return { copy, steps: byCopy.get(copy) ?? [], after: [...after].filter((other) => bringing.has(other)) };
  });
  return { ...rest, chains };
}

export interface ChainFailure {
  readonly copy: DatasetName;
  readonly thrown: unknown;
}

export interface ChainParts {
  /** At most so many at once. */
  readonly concurrency: number;
  /** Does one step; rejects if the chain cannot go on. */
  readonly perform: (index: number) => Promise<void>;
  /** True for a step after which chains that wait for this one may begin. */
  readonly isStream: (index: number) => boolean;
  /** True if the others are to go on without this chain and what waits for it. */
  readonly leavesOut: (thrown: unknown) => boolean;
  /** Ends what is under way, so that the run can fail. */
  readonly stopAll: () => void;
}

export interface ChainsEnd {
  readonly failed: readonly ChainFailure[];
  /** Copies that were not begun because one they need failed. */
  readonly leftOut: readonly DatasetName[];
}

/**
 * Carries chains out. The first failure that does not leave only its own subtree out ends them all.
 *
 * @throws that failure, once everything that was under way has ended
 */
export async function runChains(chains: readonly Chain[], parts: ChainParts): Promise<ChainsEnd> {
  const waiting = new Set(chains);
  const streamed = new Set<DatasetName>();
  const failed: ChainFailure[] = [];
  const leftOut: DatasetName[] = [];
  const underWay = new Set<Promise<void>>();
  let fatal: ChainFailure | null = null;

  const lost = (copy: DatasetName) => leftOut.includes(copy) || failed.some((one) => one.copy === copy);
  const isReady = ({ after }: Chain) => after.every((copy) => streamed.has(copy));

  async function carry(chain: Chain): Promise<void> {
    try {
      for (const [at, index] of chain.steps.entries()) {
        // A copy whose data is all there gets what belongs to it in any case.
        if (fatal !== null && chain.steps.slice(at).some(parts.isStream)) return;
        await parts.perform(index);
        if (!parts.isStream(index)) continue;
        streamed.add(chain.copy);
        begin();
      }
    } catch (thrown) {
      const failure = { copy: chain.copy, thrown };
      if (fatal === null && parts.leavesOut(thrown)) {
        failed.push(failure);
        return;
      }
      if (fatal !== null) return;
      fatal = failure;
      parts.stopAll();
    }
  }

  function begin(): void {
    for (let dropped = true; dropped; ) {
      const without = [...waiting].filter(({ after }) => after.some((copy) => lost(copy) && !streamed.has(copy)));
      for (const chain of without) {
        waiting.delete(chain);
        leftOut.push(chain.copy);
      }
      dropped = without.length > 0;
    }
    for (const chain of [...waiting].filter(isReady)) {
      if (fatal !== null || underWay.size >= parts.concurrency) return;
      waiting.delete(chain);
      const task: Promise<void> = carry(chain).finally(() => {
        underWay.delete(task);
        begin();
      });
      underWay.add(task);
    }
  }

  begin();
  while (underWay.size > 0) await Promise.race(underWay);
  // Typed anew: assignments in a closure are not seen here.
  const end = fatal as ChainFailure | null;
  if (end !== null) throw end.thrown;
  if (waiting.size > 0)
    throw new Error(`Steps wait for each other: ${[...waiting].map(({ copy }) => copy).join(', ')}`);
  return { failed, leftOut };
}
