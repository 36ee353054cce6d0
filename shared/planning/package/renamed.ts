/** Datasets that were renamed at the source since they were copied: their copies still have the old names. */
import { type DatasetName, datasetOf, isWithin } from '../../model/names.ts';
import type { Finding } from '../../model/plan.ts';
import { rename } from '../../zfs/commands.ts';
import { copyOf, type Decision } from '../decision.ts';
import { warns } from '../findings.ts';
import { ownSnapshots } from '../own-snapshots.ts';

/**
 * A new copy whose snapshots are already there under a name that no dataset of the package has: most likely the same
 * dataset before it was renamed. Known by GUID, never by name.
 */
export function checkRenamed(decisions: readonly Decision[]): Finding[] {
  const copies = new Set(decisions.map(copyOf));
  const fresh = decisions.filter(
    ({ target, sends, dataset }) => target === null && sends.length > 0 && dataset !== null,
  );
  if (fresh.length === 0) return [];
  const [first] = fresh;
  const left = new Map<string, DatasetName>();
  for (const { guid, name } of first?.ends.destination.snapshots ?? []) {
    const holder = datasetOf(name);
    if (!copies.has(holder)) left.set(guid, holder);
  }
  return fresh.flatMap(({ ends, dataset }) => {
    if (dataset === null) return [];
    const twin = ownSnapshots(ends.source, dataset.name).findLast(({ guid }) => left.has(guid));
    const old = twin === undefined ? undefined : left.get(twin.guid);
    const root = ends.whole.destination.dataset;
    if (old === undefined || !isWithin(old, root)) return [];
    const copy = ends.request.destination.dataset;
    return [
      warns('renamed-at-source', {
        dataset: dataset.name,
        message: `${dataset.name} was copied before as ${old} and renamed since. This plan sends it again in full, and ${old} stays as it is.`,
        evidence: { dataset: dataset.name, copy, earlier: old, snapshot: twin?.name },
        fixes: [
          {
            label: `Rename ${old} to ${copy}`,
            detail: 'Then check again: only what changed is sent.',
            command: rename(ends.destination, old, copy),
            destructive: false,
          },
        ],
      }),
    ];
  });
}
