import { useEffect, useMemo, useState } from 'react';
import type { Draft } from '../../shared/model/draft.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { sluice } from '../connection/client.ts';
import { failureOf } from '../connection/failure-of.ts';
import { useConnection } from '../connection/state.ts';
import { toRequest } from './draft.ts';

export interface MadePlan {
  readonly id: string;
  readonly plan: Plan;
}

export interface Planning {
  /** The plan of exactly this draft; null while it is made. */
  readonly made: MadePlan | null;
  /** The plan before it, to be shown until the new one is there. */
  readonly shown: MadePlan | null;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/** Plans the draft, and again whenever it changes. Both hosts are read afresh each time; nothing is written. */
export function usePlan(draft: Draft): Planning {
  const request = useMemo(() => toRequest(draft), [draft]);
  const epoch = useConnection((connection) => connection.epoch);
  const [turn, setTurn] = useState(0);
  const [shown, setShown] = useState<MadePlan | null>(null);
  const [isFresh, setIsFresh] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line or a new turn plans again.
  useEffect(() => {
    if (!request.ok) return;
    const stop = new AbortController();
    setIsFresh(false);
    setFailure(null);
    sluice.plans.make(request.value, { signal: stop.signal }).then(
      (made) => {
        if (stop.signal.aborted) return;
        setShown(made);
        setIsFresh(true);
      },
      (thrown: unknown) => {
        if (!stop.signal.aborted) setFailure(failureOf(thrown));
      },
    );
    return () => stop.abort();
  }, [request, epoch, turn]);

  return {
    made: isFresh ? shown : null,
    shown: failure === null ? shown : null,
    failure,
    again: () => setTurn((before) => before + 1),
  };
}
