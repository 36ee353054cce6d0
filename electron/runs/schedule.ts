/** In which order, and how many at once, the steps of a plan may be done. */
import { type DatasetName, isWithin } from '../../shared/model/names.ts';
import type { Plan, Step } from '../../shared/model/plan.ts';

/** What is done next, by indexes into the plan's steps: one of them, or some that only keep books, in order at each host. */
export type Turn =
  | { readonly kind: 'step'; readonly index: number }
  | { readonly kind: 'bookkeeping'; readonly indexes: readonly number[] };

/** What is done for one copy, in order. */
export interface Chain {
  readonly copy: DatasetName;
  readonly turns: readonly Turn[];
  /** Copies of other chains that must have had their first stream. */
  readonly after: readonly DatasetName[];
}

export interface Schedule {
  /** One after the other, before any stream. */
  readonly before: readonly Turn[];
  readonly chains: readonly Chain[];
  /** One after the other, at the end. */
  readonly afterwards: readonly Turn[];
}

/** What may fail without harm to the copy: the base of the next run is protected, and what the last one needed is released. */
const isBookkeeping = ({ kind, essential }: Step): boolean =>
  !essential && (kind === 'hold' || kind === 'bookmark' || kind === 'release');

/**
 * Consecutive bookkeeping is one turn. At each host it is done in the plan's order, which lets go of nothing before what protects there
 * is done; the hosts need not wait for each other, since what is released on one side is older than what both hold.
 */
function turnsOf(steps: readonly Step[], indexes: readonly number[]): Turn[] {
  const turns: Turn[] = [];
  let together: number[] | null = null;
  for (const index of indexes) {
    const step = steps[index];
    if (step === undefined || !isBookkeeping(step)) {
      together = null;
      turns.push({ kind: 'step', index });
    } else if (together === null) {
      together = [index];
      turns.push({ kind: 'bookkeeping', indexes: together });
    } else together.push(index);
  }
  return turns;
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
  const inTurns = (some: readonly number[]): Turn[] => turnsOf(steps, some);
  if (first < 0) return { before: inTurns(indexes), chains: [], afterwards: [] };
  const last = steps.findLastIndex(({ kind, copy }) => copy !== null || kind === 'send-receive');
  const middle = indexes.slice(first, last + 1);
  const rest = { before: inTurns(indexes.slice(0, first)), afterwards: inTurns(indexes.slice(last + 1)) };
  const byCopy = Map.groupBy(middle, (index) => steps[index]?.copy ?? null);
  if (byCopy.has(null)) return { ...rest, chains: [{ copy: plan.target, turns: inTurns(middle), after: [] }] };
  const copies = [...byCopy.keys()].filter((copy) => copy !== null);
  const bringing = new Set(
    copies.filter((copy) => byCopy.get(copy)?.some((index) => steps[index]?.kind === 'send-receive')),
  );
  const chains = copies.map((copy): Chain => {
    const member = plan.members.find((one) => one.copy === copy);
    const above = copies.filter((other) => other !== copy && isWithin(copy, other));
    const after = new Set([...(member?.after ?? []), ...above]);
    return { copy, turns: inTurns(byCopy.get(copy) ?? []), after: [...after].filter((other) => bringing.has(other)) };
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
  /** Does what has its turn; rejects if the chain cannot continue. */
  readonly perform: (turn: Turn) => Promise<void>;
  /** True for a stream, after which chains that wait for this one may begin. */
  readonly isStream: (turn: Turn) => boolean;
  /** True if the others are to continue without this chain and what waits for it. */
  readonly leavesOut: (thrown: unknown) => boolean;
  /** Ends what is under way, so that the run can fail. */
  readonly stopAll: () => void;
  /** Told once, when everything that was under way has ended, also if another failure ended it: no later attempt tries these again. */
  readonly onEnd: (end: ChainsEnd) => void;
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
export async function runChains(chains: readonly Chain[], parts: ChainParts): Promise<void> {
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
      for (const [at, turn] of chain.turns.entries()) {
        // A copy whose data is all there gets what belongs to it in any case.
        if (fatal !== null && chain.turns.slice(at).some(parts.isStream)) return;
        await parts.perform(turn);
        if (!parts.isStream(turn)) continue;
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
  parts.onEnd({ failed, leftOut });
  // Typed again: assignments in a closure are not seen here.
  const end = fatal as ChainFailure | null;
  if (end !== null) throw end.thrown;
  if (waiting.size > 0)
    throw new Error(`Steps wait for each other: ${[...waiting].map(({ copy }) => copy).join(', ')}`);
}
