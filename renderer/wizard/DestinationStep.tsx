import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Mark } from '../ui/Mark.tsx';
import { BaseChoice } from './BaseChoice.tsx';
import { DatasetList } from './DatasetList.tsx';
import styles from './DestinationStep.module.css';
import { DraftLineage } from './DraftLineage.tsx';
import { chooseContinued, chooseDestinationHost, chooseNew } from './draft.ts';
import { HostChoice } from './HostChoice.tsx';
import { NewCopy } from './NewCopy.tsx';
import { useTree } from './read.ts';
import { useWizard } from './store.ts';
import { useLineage } from './use-lineage.ts';
import { useRelated } from './use-related.ts';

export function DestinationStep() {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const tree = useTree(draft.destinationHost);
  const related = useRelated(draft);
  const lineage = useLineage(draft);
  const [first] = related;
  return (
    <>
      <HostChoice
        label={t('destination.host')}
        value={draft.destinationHost}
        onChange={(host) => change((old) => chooseDestinationHost(old, host))}
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
      {draft.destinationHost !== null && tree.data === null && tree.failure === null && (
        <Reading>{t('wizard.readingHost', { host: draft.destinationHost })}</Reading>
      )}
      {tree.data !== null && draft.destinationHost !== null && (
        <>
          {draft.mode === 'new' && draft.naming === 'exact' && first !== undefined && (
            <div className={styles.hint}>
              <Mark tone="note" look="plain">
                {t('destination.relatedFound', { dataset: first.dataset, label: first.common })}
              </Mark>
              <Button size="small" onPress={() => change((old) => chooseContinued(old, first.dataset))}>
                {t('destination.continueThat')}
              </Button>
            </div>
          )}
          <ChoiceCards
            label={t('destination.where')}
            value={draft.mode}
            onChange={(mode) =>
              change((old) =>
                mode === 'new' ? chooseNew(old, {}) : chooseContinued(old, old.continued ?? first?.dataset ?? null),
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
