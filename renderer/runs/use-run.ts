import { useEffect } from 'react';
import { useConnection } from '../connection/state.ts';
import { followRun, type RunView, useRunViews } from './watch-run.ts';

/** A run as it stands, followed while it goes on. */
export function useRun(run: string): RunView | null {
  const epoch = useConnection((connection) => connection.epoch);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line may show a run that failed to be read.
  useEffect(() => {
    void followRun(run);
  }, [run, epoch]);
  return useRunViews(({ byRun }) => byRun[run]) ?? null;
}
