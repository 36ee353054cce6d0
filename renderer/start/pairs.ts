/** The replications that were run here: one for each source and destination, with their last runs. Pure. */
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { RunSummary } from '../../shared/model/run.ts';

export interface Pair {
  /** Names the two ends. */
  readonly key: string;
  readonly request: ReplicationRequest;
  readonly last: RunSummary;
  /** When it was last proved to be done, in milliseconds since 1970; null: never. */
  readonly doneAt: number | null;
}

const keyOf = ({ source, destination }: ReplicationRequest): string =>
  JSON.stringify([source.host, source.dataset, source.also, destination.host, destination.dataset]);

/** @param runs in any order @returns the pair that ran last first */
export function pairsOf(runs: readonly RunSummary[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const run of [...runs].sort((a, b) => b.startedAt.localeCompare(a.startedAt))) {
    const key = keyOf(run.request);
    const known = pairs.get(key);
    const doneAt = run.status === 'done' && run.finishedAt !== null ? Date.parse(run.finishedAt) : null;
    if (known === undefined) pairs.set(key, { key, request: run.request, last: run, doneAt });
    else if (known.doneAt === null && doneAt !== null) pairs.set(key, { ...known, doneAt });
  }
  return [...pairs.values()];
}

/** Ended without a proof, and nothing has been done about it yet. */
export const needsAttention = ({ last }: Pair): boolean => last.status !== 'done' && last.status !== 'running';
