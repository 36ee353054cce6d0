/** Datasets of a package that lack the chosen snapshot. */

import type { Snapshot } from '../../model/inventory.ts';
import { labelOf } from '../../model/names.ts';
import type { Finding } from '../../model/plan.ts';
import type { Ends } from '../ends.ts';
import { blocks, notes } from '../findings.ts';
import { ownSnapshots } from '../own-snapshots.ts';

/**
 * `zfs send -R` says `WARNING: could not send …: does not exist` and leaves the dataset out; here the person decides.
 *
 * @param reason what looking for the snapshot found
 */
export function withoutGoal({ request, whole, source }: Ends, reason: Finding): Finding {
  const { dataset, snapshot } = request.source;
  const newest = ownSnapshots(source, dataset).at(-1);
  return blocks('member-without-snapshot', {
    dataset,
    message: `${dataset} has no snapshot ${snapshot ?? ''}${newest === undefined ? ' or any other' : `; its newest is ${labelOf(newest.name)}`}. A package is one point in time, so it cannot simply be skipped.`,
    evidence: { ...reason.evidence, dataset, snapshot },
    fixes: [
      {
        label: `Leave ${dataset} out`,
        detail: 'And everything below it; the rest is copied.',
        change: { source: { ...whole.source, exclude: [...whole.source.exclude, dataset] } },
        destructive: false,
      },
    ],
  });
}

/** A tree that lacks the chosen snapshot, but has what clones of the package grow from: it is brought up to that. */
export const onlyForClones = ({ request }: Ends, goal: Snapshot): Finding =>
  notes('up-to-origin', {
    dataset: request.source.dataset,
    message: `${request.source.dataset} has no snapshot ${request.source.snapshot ?? ''}; it is copied up to ${labelOf(goal.name)}, the origin of clones in the package.`,
    evidence: { dataset: request.source.dataset, snapshot: goal.name },
  });
