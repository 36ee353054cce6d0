import { useTranslation } from 'react-i18next';
import type { Draft } from '../../shared/model/draft.ts';
import { say } from '../texts/engine/say.ts';
import { FailureAgain } from '../ui/FailureAgain.tsx';
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
  const isUnread = snapshots.data === null && snapshots.failure !== null;
  // The picture stands above the list: drawn after it, it would move every row. Where the destination cannot be read
  // there is none, and the list is as good without it.
  const isDrawn = snapshots.data !== null && (lineage.columns !== null || lineage.failed !== null);
  return (
    <>
      {snapshots.failure !== null && <FailureAgain failure={snapshots.failure} onAgain={snapshots.again} />}
      {!isUnread && <DraftLineage lineage={lineage} />}
      <BaseChoice lineage={lineage} />
      {isDrawn && (
        <SnapshotList
          snapshots={snapshots.data.snapshots}
          selected={draft.snapshot}
          isTaking={draft.take}
          onSelect={(snapshot) => change((old) => chooseSnapshot(old, snapshot))}
          onTake={() => change((old) => chooseSnapshot(old, newLabel(new Date()), true))}
        />
      )}
      {isDrawn && isFiltered(options) && (
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

/** Whether a filter changes what comes along. */
const isFiltered = (options: Draft['options']): boolean =>
  options.package === 'replication' || (options.package === 'single' && options.intermediates);
