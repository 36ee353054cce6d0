import { useCallback, useState } from 'react';
import type { Failure } from '../../shared/model/failure.ts';
import { failureOfAction } from './failure-of.ts';

export interface Action<A extends readonly unknown[], T> {
  /** @returns the result, or null where it failed (then `failure` is set). */
  readonly run: (...args: A) => Promise<T | null>;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly clear: () => void;
}

/** One thing that the person asks the main process to do, with its failure kept to be drawn beside the button. */
export function useAction<A extends readonly unknown[], T>(act: (...args: A) => Promise<T>): Action<A, T> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(
    async (...args: A): Promise<T | null> => {
      setBusy(true);
      setFailure(null);
      try {
        return await act(...args);
      } catch (thrown) {
        setFailure(failureOfAction(thrown));
        return null;
      } finally {
        setBusy(false);
      }
    },
    [act],
  );
  const clear = useCallback(() => setFailure(null), []);
  return { run, busy, failure, clear };
}
