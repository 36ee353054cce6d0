/** What planning looks at: the request and what both hosts have. */
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import { type DatasetName, poolOf, type SnapshotName } from '../model/names.ts';
import type { ReplicationRequest } from '../model/request.ts';
import type { FrozenFlags } from './frozen.ts';
import { indexed } from './indexed.ts';

/** By which tags a snapshot of the destination is held; null: that was not asked, or not answered. */
export type TagsOf = (snapshot: SnapshotName) => readonly string[] | null;

export interface Ends {
  /** One dataset's share of what was asked: its own source, its own copy. */
  readonly request: ReplicationRequest;
  /** All that was asked; what a fix changes is this. The same as `request` for a single dataset. */
  readonly whole: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
  /** Copies and parents that are made for other datasets of the package before this one's turn. */
  readonly coming: Pick<ReadonlySet<DatasetName>, 'has'>;
  /** With which flags this copy was first sent; null or absent: that is not known. */
  readonly frozen?: FrozenFlags | null;
  /** Of snapshots that stand against a roll-back. */
  readonly tagsOf?: TagsOf;
}

/** The ends of a whole request, before it is taken apart into datasets. */
export const wholeEnds = (request: ReplicationRequest, source: Inventory, destination: Inventory): Ends => ({
  request,
  whole: request,
  source,
  destination,
  coming: new Set(),
});

const datasetsByName = indexed((datasets: readonly Dataset[]) => new Map(datasets.map((one) => [one.name, one])));

export const datasetNamed = (inventory: Inventory, name: DatasetName): Dataset | null =>
  datasetsByName(inventory.datasets).get(name) ?? null;

/** The pool that a dataset lies in. */
export const poolNamed = (inventory: Inventory, dataset: DatasetName): Pool | undefined =>
  inventory.pools.find((pool) => pool.name === poolOf(dataset));

export const namesAt = (inventory: Inventory): Pick<ReadonlySet<DatasetName>, 'has'> =>
  datasetsByName(inventory.datasets);
