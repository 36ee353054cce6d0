/** What the wizard reads of the hosts. */
import type { Tree } from '../../shared/api/contract.ts';
import type { Bookmark, Snapshot } from '../../shared/model/inventory.ts';
import { parseDatasetName } from '../../shared/model/names.ts';
import { answerTo, useAnswers } from '../connection/answers.ts';
import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';
import { useHosts } from '../hosts/use-hosts.ts';

export type TreeDataset = Tree['datasets'][number];

export interface DatasetSnapshots {
  readonly snapshots: readonly Snapshot[];
  readonly bookmarks: readonly Bookmark[];
}

const treeKey = (host: string): string => `inventory.tree ${host}`;
const snapshotsKey = (host: string, dataset: string): string => `inventory.snapshots ${host} ${dataset}`;

/** Tells by its key whether an answer was read of a host. */
export const isAnswerOf =
  (host: string) =>
  (key: string): boolean =>
    key === treeKey(host) || key.startsWith(snapshotsKey(host, ''));

export function useTree(host: string | null): Asked<Tree> {
  return useAsked(host === null ? null : treeKey(host), () => sluice.inventory.tree({ host: host ?? '' }));
}

/**
 * The same for a step in which the host is chosen: its tree comes after the hosts, which are drawn above it and would
 * push it down.
 */
export function useTreeOfChosen(host: string | null): Asked<Tree> {
  const tree = useTree(host);
  const hosts = useHosts();
  return hosts.data === null && hosts.failure === null ? { ...tree, data: null } : tree;
}

/** What was read last of a host, without reading it again; null where nothing was. */
export function useKnownTree(host: string | null): Tree | null {
  return useAnswers(({ byKey }) => answerTo(byKey, host === null ? null : treeKey(host)).data as Tree | null);
}

/** @param dataset null, or text that is no dataset name, reads nothing */
export function useSnapshots(host: string | null, dataset: string | null): Asked<DatasetSnapshots> {
  const name = parseDatasetName(dataset ?? '');
  const key = host === null || !name.ok ? null : snapshotsKey(host, name.value);
  return useAsked(key, () => sluice.inventory.snapshots({ host: host ?? '', dataset: dataset ?? '' }));
}

/** The datasets below another, in their order. */
export const childrenOf = (datasets: readonly TreeDataset[], dataset: string): readonly TreeDataset[] =>
  datasets.filter(({ name }) => name.startsWith(`${dataset}/`));
