/** Where datasets of a host have been replicated to, as the runs tell. Pure. */
import type { RunSummary } from '../../shared/model/run.ts';
import { copyOf, fromRequest } from '../wizard/draft.ts';

export interface Copy {
  readonly host: string;
  readonly dataset: string;
}

/** @param runs newest first @returns by the dataset on `host`, the copy that was made last */
export function copiesFrom(runs: readonly RunSummary[], host: string): ReadonlyMap<string, Copy> {
  const copies = new Map<string, Copy>();
  for (const { request, status } of runs) {
    const { source, destination } = request;
    if (status !== 'done' || source.host !== host) continue;
    const draft = fromRequest(request);
    for (const sourceDataset of [source.dataset, ...source.also]) {
      const dataset = copyOf({ ...draft, sourceDataset });
      if (dataset !== null && !copies.has(sourceDataset))
        copies.set(sourceDataset, { host: destination.host, dataset });
    }
  }
  return copies;
}
