/** Which snapshots come along with the one that is sent, as the plan will decide it. Pure. */
import type { Draft } from '../../shared/model/draft.ts';
import { DatasetNameSchema, isWithin } from '../../shared/model/names.ts';
import { plainSource, type ReplicationRequest } from '../../shared/model/request.ts';
import { type Selection, selectionOf } from '../../shared/planning/package/selection.ts';
import type { TreeDataset } from './read.ts';

/** Names of snapshots that datasets of the draft's package grow from. */
export function originsIn(
  { sourceDataset, also, exclude }: Pick<Draft, 'sourceDataset' | 'also' | 'exclude'>,
  datasets: readonly Pick<TreeDataset, 'name' | 'origin'>[],
): ReadonlySet<string> {
  const roots = [sourceDataset, ...also].filter((root) => root !== null);
  return new Set(
    datasets.flatMap(({ name, origin }) => {
      const isIn = roots.some((root) => isWithin(name, root)) && !exclude.some((left) => isWithin(name, left));
      return isIn && origin !== null ? [origin] : [];
    }),
  );
}

/** The ends of a request that need not be chosen yet: what comes along does not depend on them. */
const ANYWHERE = { host: '', dataset: DatasetNameSchema.parse('anywhere') };

/** @param origins see {@link originsIn} */
export function draftSelection(options: Draft['options'], origins: ReadonlySet<string>): Selection {
  const request: ReplicationRequest = {
    ...options,
    source: { ...plainSource, ...ANYWHERE, snapshot: null },
    destination: { ...ANYWHERE, naming: 'exact' },
  };
  return selectionOf(request, origins);
}
