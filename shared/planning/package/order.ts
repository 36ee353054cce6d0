/** In which order the datasets of a package are sent: parents before children, origins before clones. */
import { type DatasetName, datasetOf, parentOf } from '../../model/names.ts';
import type { PackageDataset } from './datasets.ts';

export interface Ordered {
  readonly datasets: readonly PackageDataset[];
  /**
   * Clones whose origin can only come after them, because it lies below them: that happens after `zfs promote` of a
   * child. For these the origin is as good as missing.
   */
  readonly beforeOrigin: ReadonlySet<DatasetName>;
}

/** Keeps the given order (parents first) wherever nothing else is needed. */
export function orderDatasets(datasets: readonly PackageDataset[]): Ordered {
  const byName = new Map(datasets.map((one) => [one.dataset.name, one]));
  const beforeOrigin = new Set<DatasetName>();
  const parent = ({ dataset }: PackageDataset) => {
    const name = parentOf(dataset.name);
    return name === null ? undefined : byName.get(name);
  };
  const origin = ({ dataset }: PackageDataset) =>
    dataset.origin === null || beforeOrigin.has(dataset.name) ? undefined : byName.get(datasetOf(dataset.origin));
  const needs = (one: PackageDataset, other: PackageDataset, seen = new Set<PackageDataset>()): boolean => {
    if (one === other) return true;
    if (seen.has(one)) return false;
    seen.add(one);
    return [parent(one), origin(one)].some((before) => before !== undefined && needs(before, other, seen));
  };
  for (const one of datasets) {
    const from = origin(one);
    if (from !== undefined && needs(from, one)) beforeOrigin.add(one.dataset.name);
  }

  const placed = new Set<PackageDataset>();
  const place = (one: PackageDataset): void => {
    if (placed.has(one)) return;
    for (const before of [parent(one), origin(one)]) if (before !== undefined) place(before);
    placed.add(one);
  };
  for (const one of datasets) place(one);
  return { datasets: [...placed], beforeOrigin };
}
