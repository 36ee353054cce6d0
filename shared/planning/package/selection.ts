/** Which of a dataset's snapshots a package brings, besides the one that was chosen. */
import type { Snapshot } from '../../model/inventory.ts';
import type { ReplicationRequest } from '../../model/request.ts';
import { matchesFilter } from '../snapshot-filter.ts';
import type { PackageDataset } from './datasets.ts';

export interface Selection {
  /** True if a new copy gets older snapshots too. */
  readonly history: boolean;
  /** Of the snapshots before the chosen one, those that are brought. */
  readonly brings: (snapshot: Snapshot) => boolean;
}

/** Names of snapshots that datasets of the package grow from. */
export const originsOf = (datasets: readonly PackageDataset[]): ReadonlySet<string> =>
  new Set(datasets.flatMap(({ dataset }) => (dataset.origin === null ? [] : [dataset.origin])));

/** @param origins see {@link originsOf} */
export function selectionOf(request: ReplicationRequest, origins: ReadonlySet<string>): Selection {
  const { filter } = request;
  const grows = (snapshot: Snapshot) => origins.has(snapshot.name);
  const passes = (snapshot: Snapshot) => filter === null || matchesFilter(filter, snapshot);
  switch (request.package) {
    case 'single':
      return { history: false, brings: (snapshot) => request.intermediates && passes(snapshot) };
    case 'replication':
      return { history: true, brings: (snapshot) => passes(snapshot) || grows(snapshot) };
    case 'recursive':
    case 'self-contained':
      return { history: true, brings: grows };
  }
}
