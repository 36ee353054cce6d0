import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { formatBytes, formatMoment, tail } from '../ui/format.ts';
import type { Column } from './columns.ts';
import styles from './LineageCard.module.css';
import { fateWords } from './words.ts';

/** What is known of the snapshot under the pointer or the focus. */
export function LineageCard({
  column,
  onPickBase,
}: {
  readonly column: Column;
  readonly onPickBase: ((column: Column) => void) | undefined;
}) {
  const { t } = useTranslation();
  const own = column.source ?? column.destination;
  const canBeBase =
    onPickBase !== undefined && !column.isBase && column.destination !== null && (column.source ?? column.bookmark);
  const facts: [string, string][] = [
    [t('snapshots.created'), column.creation === null ? t('ui.unknown') : formatMoment(column.creation * 1000)],
    [t('snapshots.guid'), tail(column.guid, 6)],
    [t('snapshots.used'), own?.used == null ? t('ui.unknown') : formatBytes(own.used)],
    [t('snapshots.holds'), own?.holds == null ? t('ui.unknown') : String(own.holds)],
  ];
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <span className={styles.name}>{column.label}</span>
        <span className={styles.fate} data-fate={column.isBase ? 'base' : column.fate}>
          {fateWords(t, column)}
        </span>
        {column.isNamesake && <span className={styles.note}>{t('lineage.namesake')}</span>}
        {column.bookmark !== null && <span className={styles.note}>{t('lineage.bookmarkOnly')}</span>}
      </div>
      <Facts facts={facts} className={styles.facts} />
      {canBeBase && (
        <Button size="small" onPress={() => onPickBase?.(column)}>
          {t('lineage.pickBase')}
        </Button>
      )}
    </div>
  );
}
