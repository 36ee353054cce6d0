/** What the wizard reads of the hosts. */
import type { Tree } from '../../shared/api/contract.ts';
import type { Bookmark, Snapshot } from '../../shared/model/inventory.ts';
import { parseDatasetName } from '../../shared/model/names.ts';
import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';

export type TreeDataset = Tree['datasets'][number];

export interface DatasetSnapshots {
  readonly snapshots: readonly Snapshot[];
  readonly bookmarks: readonly Bookmark[];
}

export function useTree(host: string | null): Asked<Tree> {
  return useAsked(host === null ? null : `inventory.tree ${host}`, () => sluice.inventory.tree({ host: host ?? '' }));
}

/** @param dataset null, or text that is no dataset name, reads nothing */
export function useSnapshots(host: string | null, dataset: string | null): Asked<DatasetSnapshots> {
  const name = parseDatasetName(dataset ?? '');
  const key = host === null || !name.ok ? null : `inventory.snapshots ${host} ${name.value}`;
  return useAsked(key, () => sluice.inventory.snapshots({ host: host ?? '', dataset: dataset ?? '' }));
}

/** The datasets below another, in their order. */
export const childrenOf = (datasets: readonly TreeDataset[], dataset: string): readonly TreeDataset[] =>
  datasets.filter(({ name }) => name.startsWith(`${dataset}/`));
