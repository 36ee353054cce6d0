import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isWithin } from '../../shared/model/names.ts';
import { Details } from '../ui/Details.tsx';
import { DatasetList } from './DatasetList.tsx';
import { toggleExcluded } from './draft.ts';
import type { TreeDataset } from './read.ts';
import { useWizard } from './store.ts';

/** Datasets below the source that do not come along. */
export function ExcludeList({ below }: { readonly below: readonly TreeDataset[] }) {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const { exclude } = draft;
  const [left, marks] = useMemo(() => {
    const isOut = (name: string) => exclude.some((out) => isWithin(name, out));
    const out = below.map(({ name }) => name as string).filter(isOut);
    return [new Set(out), new Map(out.map((name) => [name, t('package.leftOut')]))];
  }, [below, exclude, t]);
  return (
    <Details
      isOpen={exclude.length > 0}
      summary={exclude.length === 0 ? t('package.leaveOut') : t('package.leaveOutCount', { count: left.size })}
    >
      <DatasetList
        label={t('package.leaveOut')}
        datasets={below}
        selected={left}
        marks={marks}
        markTone="stopped"
        onSelect={({ name }) => change((old) => toggleExcluded(old, name))}
        empty=""
        rows={6}
      />
    </Details>
  );
}
