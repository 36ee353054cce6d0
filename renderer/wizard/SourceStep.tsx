import { useTranslation } from 'react-i18next';
import { useSettings } from '../settings/settings.ts';
import { Button } from '../ui/Button.tsx';
import { DatasetList } from './DatasetList.tsx';
import { beginWith, chooseSnapshot, chooseSourceDataset, chooseSourceHost, newLabel } from './draft.ts';
import { Hint } from './Hint.tsx';
import { HostChoice } from './HostChoice.tsx';
import { HostReading } from './HostReading.tsx';
import { PackageChoice } from './PackageChoice.tsx';
import { useTreeOfChosen } from './read.ts';
import { useWizard } from './store.ts';

export function SourceStep() {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const defaults = useSettings(({ settings }) => settings.newReplication);
  const tree = useTreeOfChosen(draft.sourceHost);
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
      <HostReading host={draft.sourceHost} asked={tree} />
      {draft.sourceHost !== null && tree.data !== null && (
        <DatasetList
          label={t('source.datasets', { host: draft.sourceHost })}
          datasets={tree.data.datasets}
          selected={draft.sourceDataset}
          onSelect={({ name, snapshots }) =>
            change((old) => chooseSourceDataset(old, name, snapshots === 0 ? newLabel(new Date()) : null))
          }
          empty={t('source.noDatasets')}
          rows={7}
        />
      )}
      {chosen?.snapshots === 0 && !draft.take && (
        <Hint
          action={
            <Button size="small" onPress={() => change((old) => chooseSnapshot(old, newLabel(new Date()), true))}>
              {t('source.takeOne')}
            </Button>
          }
        >
          <p>{t('source.noSnapshots', { dataset: chosen.name })}</p>
        </Hint>
      )}
      {chosen?.snapshots === 0 && draft.take && <Hint>{t('source.willTake', { dataset: chosen.name })}</Hint>}
      {tree.data !== null && chosen !== undefined && <PackageChoice datasets={tree.data.datasets} />}
    </>
  );
}
