/** Where datasets of a host have been replicated to, as the runs tell. Pure. */
import type { RunSummary } from '../../shared/model/run.ts';

export interface Copy {
  readonly host: string;
  readonly dataset: string;
}

/** @param runs newest first @returns by the dataset on `host`, the copy that was made last */
export function copiesFrom(runs: readonly RunSummary[], host: string): ReadonlyMap<string, Copy> {
  const copies = new Map<string, Copy>();
  for (const { request, status } of runs) {
    if (status !== 'done' || request.source.host !== host || copies.has(request.source.dataset)) continue;
    copies.set(request.source.dataset, { host: request.destination.host, dataset: request.destination.dataset });
  }
  return copies;
}
