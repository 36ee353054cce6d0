import { useTranslation } from 'react-i18next';
import { useSettings } from '../settings/settings.ts';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { DatasetList } from './DatasetList.tsx';
import { beginWith, chooseSnapshot, chooseSourceDataset, chooseSourceHost, newLabel } from './draft.ts';
import { HostChoice } from './HostChoice.tsx';
import { PackageChoice } from './PackageChoice.tsx';
import { useTree } from './read.ts';
import styles from './SourceStep.module.css';
import { useWizard } from './store.ts';

export function SourceStep() {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const defaults = useSettings(({ settings }) => settings.newReplication);
  const tree = useTree(draft.sourceHost);
  const chosen = tree.data?.datasets.find(({ name }) => name === draft.sourceDataset);
  return (
    <>
      <HostChoice
        label={t('source.host')}
        value={draft.sourceHost}
        onChange={(host) =>
          change((old) => chooseSourceHost(old.sourceHost === null ? beginWith(old, defaults) : old, host))
        }
      />
      {tree.failure !== null && (
        <FailureCard
          failure={tree.failure}
          actions={
            <Button size="small" onPress={tree.again}>
              {t('ui.again')}
            </Button>
          }
        />
      )}
      {draft.sourceHost !== null && tree.data === null && tree.failure === null && (
        <Reading>{t('wizard.readingHost', { host: draft.sourceHost })}</Reading>
      )}
      {draft.sourceHost !== null && tree.data !== null && (
        <DatasetList
          label={t('source.datasets', { host: draft.sourceHost })}
          datasets={tree.data.datasets}
          selected={draft.sourceDataset}
          onSelect={({ name }) => change((old) => chooseSourceDataset(old, name))}
          empty={t('source.noDatasets')}
          rows={7}
        />
      )}
      {chosen?.snapshots === 0 && !draft.take && (
        <p className={styles.hint}>
          <span>{t('source.noSnapshots', { dataset: chosen.name })}</span>
          <Button size="small" onPress={() => change((old) => chooseSnapshot(old, newLabel(new Date()), true))}>
            {t('source.takeOne')}
          </Button>
        </p>
      )}
      {tree.data !== null && chosen !== undefined && <PackageChoice datasets={tree.data.datasets} />}
    </>
  );
}
