import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';
import { sendChangesAgain, toRequest } from '../wizard/draft.ts';
import type { MadePlan } from '../wizard/use-plan.ts';
import { inTurn } from './in-turn.ts';
import type { Pair } from './pairs.ts';

const take = inTurn(2);

/** What would be sent now: both hosts are read and planned, nothing is written. */
export function usePairPlan(pair: Pair, isAsked: boolean): Asked<MadePlan | null> {
  return useAsked(isAsked ? `pair ${pair.key} ${pair.last.run} ${pair.last.status}` : null, async () => {
    const request = toRequest(sendChangesAgain(pair.request));
    return request.ok ? await take(() => sluice.plans.make(request.value)) : null;
  });
}
