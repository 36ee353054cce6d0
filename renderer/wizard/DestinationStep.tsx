import { useTranslation } from 'react-i18next';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { BaseChoice } from './BaseChoice.tsx';
import { DatasetList } from './DatasetList.tsx';
import styles from './DestinationStep.module.css';
import { DraftLineage } from './DraftLineage.tsx';
import { chooseContinued, chooseDestinationHost, chooseNew } from './draft.ts';
import { HostChoice } from './HostChoice.tsx';
import { HostReading } from './HostReading.tsx';
import { NewCopy } from './NewCopy.tsx';
import { RelatedHint } from './RelatedHint.tsx';
import { useTreeOfChosen } from './read.ts';
import { useWizard } from './store.ts';
import { useLineage } from './use-lineage.ts';
import { useRelated } from './use-related.ts';

export function DestinationStep() {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const tree = useTreeOfChosen(draft.destinationHost);
  const found = useRelated(draft);
  const lineage = useLineage(draft);
  const { related } = found;
  return (
    <>
      <HostChoice
        label={t('destination.host')}
        value={draft.destinationHost}
        onChange={(host) => change((old) => chooseDestinationHost(old, host))}
      />
      <HostReading host={draft.destinationHost} asked={tree} />
      {tree.data !== null && draft.destinationHost !== null && (
        <>
          {draft.mode === 'new' && draft.naming === 'exact' && draft.sourceDataset !== null && (
            <RelatedHint source={draft.sourceDataset} host={draft.destinationHost} found={found} />
          )}
          <ChoiceCards
            label={t('destination.where')}
            value={draft.mode}
            onChange={(mode) =>
              change((old) =>
                mode === 'new'
                  ? chooseNew(old, {})
                  : chooseContinued(old, old.continued ?? related[0]?.dataset ?? null),
              )
            }
            choices={[
              {
                id: 'new',
                content: (
                  <span className={styles.mode}>
                    <strong>{t('destination.new')}</strong>
                    <span className={styles.soft}>{t('destination.newDetail')}</span>
                  </span>
                ),
              },
              {
                id: 'continue',
                content: (
                  <span className={styles.mode}>
                    <strong>{t('destination.continue')}</strong>
                    <span className={styles.soft}>{t('destination.continueDetail')}</span>
                  </span>
                ),
              },
            ]}
          />
          {draft.mode === 'new' ? (
            <NewCopy tree={tree.data} />
          ) : (
            <>
              <DatasetList
                label={t('destination.existing', { host: draft.destinationHost })}
                datasets={tree.data.datasets}
                selected={draft.continued}
                onSelect={({ name }) => change((old) => chooseContinued(old, name))}
                marks={
                  new Map(related.map(({ dataset, common }) => [dataset, t('destination.shares', { label: common })]))
                }
                empty={t('source.noDatasets')}
                rows={6}
              />
              {draft.continued !== null && (
                <>
                  <DraftLineage lineage={lineage} />
                  <BaseChoice lineage={lineage} />
                </>
              )}
            </>
          )}
        </>
      )}
    </>
  );
}
