/** An inventory as the window browses it: snapshots counted, not listed. */
import type { Tree } from '../../shared/api/contract.ts';
import type { Inventory, Snapshot } from '../../shared/model/inventory.ts';
import { datasetOf } from '../../shared/model/names.ts';

export function treeOf(inventory: Inventory): Tree {
  const counts = new Map<string, { count: number; newest: Snapshot }>();
  for (const snapshot of inventory.snapshots) {
    const dataset = datasetOf(snapshot.name);
    const known = counts.get(dataset);
    if (known === undefined) counts.set(dataset, { count: 1, newest: snapshot });
    else {
      known.count++;
      if (snapshot.createtxg > known.newest.createtxg) known.newest = snapshot;
    }
  }
  return {
    host: inventory.host,
    readAt: inventory.readAt,
    zfs: inventory.zfs,
    root: inventory.root,
    pools: inventory.pools,
    datasets: inventory.datasets.map((dataset) => ({
      ...dataset,
      snapshots: counts.get(dataset.name)?.count ?? 0,
      newestSnapshot: counts.get(dataset.name)?.newest ?? null,
    })),
  };
}
