import { sluice } from '../connection/client.ts';
import { useAgainWhileSeen } from '../connection/use-again.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';
import { sendChangesAgain, toRequest } from '../wizard/draft.ts';
import type { MadePlan } from '../wizard/use-plan.ts';
import { inTurn } from './in-turn.ts';
import type { Pair } from './pairs.ts';

const take = inTurn(2);

export interface LookedAt extends MadePlan {
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What would be sent now, looked at again from time to time: both hosts are read and planned, nothing is written. */
export function usePairPlan(pair: Pair, isAsked: boolean): Asked<LookedAt | null> {
  const asked = useAsked(isAsked ? `pair ${pair.key} ${pair.last.run} ${pair.last.status}` : null, async () => {
    const request = toRequest(sendChangesAgain(pair.request));
    if (!request.ok) return null;
    const made = await take(() => sluice.plans.make(request.value));
    return { ...made, at: Date.now() };
  });
  useAgainWhileSeen(asked.again);
  return asked;
}
