import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Details } from '../ui/Details.tsx';
import { DatasetList } from './DatasetList.tsx';
import { toggleAlso } from './draft.ts';
import type { TreeDataset } from './read.ts';
import { useWizard } from './store.ts';

/** Other datasets of the same host that are sent in the same run. */
export function AlsoList({ datasets }: { readonly datasets: readonly TreeDataset[] }) {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const { also, sourceDataset } = draft;
  const others = useMemo(() => datasets.filter(({ name }) => name !== sourceDataset), [datasets, sourceDataset]);
  return (
    <Details
      isOpen={also.length > 0}
      summary={also.length === 0 ? t('package.also') : t('package.alsoCount', { count: also.length })}
    >
      <DatasetList
        label={t('package.also')}
        datasets={others}
        selected={new Set(also)}
        marks={new Map(also.map((name) => [name, t('package.goesAlong')]))}
        onSelect={({ name }) => change((old) => toggleAlso(old, name))}
        empty=""
        rows={6}
      />
    </Details>
  );
}
