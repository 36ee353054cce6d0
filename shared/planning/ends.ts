/** What planning looks at: the request and what both hosts have. */
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import { type DatasetName, poolOf } from '../model/names.ts';
import type { ReplicationRequest } from '../model/request.ts';

export interface Ends {
  readonly request: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
}

export const datasetNamed = (inventory: Inventory, name: DatasetName): Dataset | null =>
  inventory.datasets.find((dataset) => dataset.name === name) ?? null;

/** The pool that a dataset lies in. */
export const poolNamed = (inventory: Inventory, dataset: DatasetName): Pool | undefined =>
  inventory.pools.find((pool) => pool.name === poolOf(dataset));

export const namesAt = (inventory: Inventory): ReadonlySet<string> =>
  new Set(inventory.datasets.map((dataset) => dataset.name));
