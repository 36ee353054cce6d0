import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { BaseChoice as Base } from '../../shared/model/request.ts';
import type { Column } from '../lineage/columns.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import styles from './BaseChoice.module.css';
import { chooseBase } from './draft.ts';
import { type FullCopy, fullCopyOf } from './full-copy.ts';
import { useWizard } from './store.ts';
import type { DraftLineage } from './use-lineage.ts';

/** In a sentence from where it is sent and what that costs, under the picture in which the base is picked. */
export function BaseChoice({ lineage }: { readonly lineage: DraftLineage }) {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const { columns, destination } = lineage;
  if (columns === null || destination?.exists !== true) return null;
  const { kind } = draft.options.base;
  const full = fullCopyOf(draft, columns);
  const choose = (chosen: Base) => change((old) => chooseBase(old, chosen));
  return (
    <div className={styles.base}>
      <p>{kind === 'none' ? fullWords(t, full, columns, destination.dataset) : baseWords(t, kind, columns)}</p>
      {kind !== 'auto' && (
        <Button size="small" onPress={() => choose({ kind: 'auto' })}>
          {t('snapshot.automatic')}
        </Button>
      )}
      {kind !== 'none' && full !== null && (
        <Button size="small" onPress={() => choose({ kind: 'none' })}>
          {full.bytes === null ? t('snapshot.sendAll') : t('snapshot.sendAllOf', { bytes: formatBytes(full.bytes) })}
        </Button>
      )}
    </div>
  );
}

function baseWords(t: TFunction, kind: Base['kind'], columns: readonly Column[]): string {
  const base = columns.find(({ isBase }) => isBase);
  if (base === undefined) return t('snapshot.noBase');
  return t(kind === 'auto' ? 'snapshot.baseAuto' : 'snapshot.basePicked', { label: base.label });
}

function fullWords(t: TFunction, full: FullCopy | null, columns: readonly Column[], copy: string): string {
  if (full !== null)
    return full.bytes === null
      ? t('snapshot.fullUnpriced', { ...full, copy })
      : t('snapshot.full', { ...full, copy, bytes: formatBytes(full.bytes) });
  const goal = columns.find(({ isGoal }) => isGoal);
  return goal?.destination == null ? t('snapshot.noBase') : t('snapshot.hasIt', { label: goal.label, copy });
}
