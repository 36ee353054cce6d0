import { useTranslation } from 'react-i18next';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Field } from '../ui/Field.tsx';
import { BaseChoice } from './BaseChoice.tsx';
import { DraftLineage } from './DraftLineage.tsx';
import { chooseSnapshot, labelFault, newLabel } from './draft.ts';
import { FilterChoice } from './FilterChoice.tsx';
import { useSnapshots } from './read.ts';
import { SnapshotList } from './SnapshotList.tsx';
import styles from './SnapshotStep.module.css';
import { useWizard } from './store.ts';
import { useLineage } from './use-lineage.ts';

export function SnapshotStep() {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const snapshots = useSnapshots(draft.sourceHost, draft.sourceDataset);
  const lineage = useLineage(draft);
  const { options } = draft;
  const fault = labelFault(draft);
  return (
    <>
      {snapshots.failure !== null && (
        <FailureCard
          failure={snapshots.failure}
          actions={
            <Button size="small" onPress={snapshots.again}>
              {t('ui.again')}
            </Button>
          }
        />
      )}
      {snapshots.data === null && snapshots.failure === null && (
        <Reading>{t('wizard.readingHost', { host: draft.sourceHost ?? '' })}</Reading>
      )}
      <DraftLineage lineage={lineage} />
      <BaseChoice lineage={lineage} />
      {snapshots.data !== null && (
        <SnapshotList
          snapshots={snapshots.data.snapshots}
          selected={draft.snapshot}
          isTaking={draft.take}
          onSelect={(snapshot) => change((old) => chooseSnapshot(old, snapshot))}
          onTake={() => change((old) => chooseSnapshot(old, newLabel(new Date()), true))}
        />
      )}
      {snapshots.data !== null && (options.intermediates || options.package === 'replication') && (
        <FilterChoice
          filter={options.filter}
          snapshots={snapshots.data.snapshots}
          onChange={(filter) => change((old) => ({ ...old, options: { ...old.options, filter } }))}
        />
      )}
      {draft.take && (
        <Field
          label={t('snapshot.takeName')}
          hint={t(draft.options.package === 'single' ? 'snapshot.takeHint' : 'snapshot.takeHintPackage')}
          mono
          prefix="@"
          value={draft.snapshot ?? ''}
          onChange={(name) => change((old) => chooseSnapshot(old, name, true))}
          fault={fault === null ? null : say(fault)}
          className={styles.take}
        />
      )}
    </>
  );
}
