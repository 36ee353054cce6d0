import { useTranslation } from 'react-i18next';
import type { NewReplication } from '../../shared/model/settings.ts';
import { Details } from '../ui/Details.tsx';
import { Select } from '../ui/Select.tsx';
import styles from './MoreChoices.module.css';
import { PropertyList } from './PropertyList.tsx';

const CONCURRENCY = ['1', '2', '3', '4', '6', '8'] as const;

/** What few need: closed until asked for, and open where something in it was chosen. */
export function MoreChoices({
  options,
  isPackage,
  set,
}: {
  readonly options: NewReplication;
  /** Several datasets: then there is more to choose. */
  readonly isPackage: boolean;
  readonly set: (change: Partial<NewReplication>) => void;
}) {
  const { t } = useTranslation();
  const { receive } = options;
  return (
    <Details summary={t('how.more')}>
      <div className={styles.choices}>
        <Select
          label={t('how.properties')}
          choices={(['auto', 'yes', 'no'] as const).map((id) => ({ id, label: t(`how.propertiesChoice.${id}`) }))}
          value={options.properties}
          onChange={(properties) => set({ properties })}
        />
        <Select
          label={t('how.route')}
          choices={(['auto', 'relay', 'direct'] as const).map((id) => ({ id, label: t(`how.routeChoice.${id}`) }))}
          value={options.route === 'local' ? 'auto' : options.route}
          onChange={(route) => set({ route })}
        />
        <Select
          label={t('how.compress')}
          choices={(['auto', 'zstd', 'lz4', 'no'] as const).map((id) => ({ id, label: t(`how.compressChoice.${id}`) }))}
          value={options.compress}
          onChange={(compress) => set({ compress })}
        />
        {isPackage && (
          <>
            <Select
              label={t('how.concurrency')}
              choices={CONCURRENCY.map((id) => ({ id, label: t('how.atOnce', { count: Number(id) }) }))}
              value={CONCURRENCY.find((id) => Number(id) === options.concurrency) ?? '1'}
              onChange={(count) => set({ concurrency: Number(count) })}
            />
            <Select
              label={t('how.onFailure')}
              choices={(['stop', 'skip-subtree'] as const).map((id) => ({ id, label: t(`how.onFailureChoice.${id}`) }))}
              value={options.onFailure}
              onChange={(onFailure) => set({ onFailure })}
            />
          </>
        )}
      </div>
      <PropertyList receive={receive} onChange={(changed) => set({ receive: changed })} />
    </Details>
  );
}
