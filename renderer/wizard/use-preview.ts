import type { Draft } from '../../shared/model/draft.ts';
import { parseDatasetName, parseLabel } from '../../shared/model/names.ts';
import type { PackagePreview } from '../../shared/model/package-preview.ts';
import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';

/** What each kind of package of the draft's source would hold as a first copy. */
export function usePreview({
  sourceHost,
  sourceDataset,
  also,
  exclude,
  snapshot,
  take,
}: Draft): Asked<readonly PackagePreview[]> {
  const name = parseDatasetName(sourceDataset ?? '');
  const label = snapshot === null ? null : parseLabel(snapshot);
  const isAsked = sourceHost !== null && name.ok && label?.ok !== false;
  const key = `plans.preview ${sourceHost} ${sourceDataset} ${also.join(' ')} - ${exclude.join(' ')} @${snapshot ?? ''} ${take}`;
  return useAsked(isAsked ? key : null, () =>
    sluice.plans.preview({
      host: sourceHost ?? '',
      dataset: sourceDataset ?? '',
      also: [...also],
      exclude: [...exclude],
      snapshot,
      take,
    }),
  );
}
