import { useTranslation } from 'react-i18next';
import type { Draft } from '../../shared/model/draft.ts';
import { parseLabel } from '../../shared/model/names.ts';
import type { Column } from '../lineage/columns.ts';
import { Lineage } from '../lineage/Lineage.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { chooseBase } from './draft.ts';
import { useWizard } from './store.ts';
import type { DraftLineage as Known } from './use-lineage.ts';

/** The lineage of the draft, or what could not be read for it; picking a base in it changes the draft. */
export function DraftLineage({ lineage }: { readonly lineage: Known }) {
  const { change } = useWizard();
  const { t } = useTranslation();
  const { columns, waitsFor, failed, source, destination } = lineage;
  if (failed !== null) return <FailureAgain failure={failed.failure} onAgain={failed.again} />;
  if (waitsFor !== null) return <Reading>{t('wizard.readingHost', { host: waitsFor })}</Reading>;
  if (columns === null || columns.length === 0 || source === null) return null;
  return (
    <Lineage
      columns={columns}
      source={source}
      destination={destination}
      onPickBase={(column) => change((draft) => pickBase(draft, column))}
    />
  );
}

function pickBase(draft: Draft, column: Column): Draft {
  const label = parseLabel(column.label);
  if (!label.ok) return draft;
  const kind = column.source === null ? 'bookmark' : 'snapshot';
  return chooseBase(draft, { kind, label: label.value });
}
