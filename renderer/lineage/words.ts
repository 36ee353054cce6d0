/** A column in words: for screen readers, the card below the picture and the table. */
import type { TFunction } from 'i18next';
import { formatMoment } from '../ui/format.ts';
import type { Column } from './columns.ts';

export function fateWords(t: TFunction, column: Column): string {
  if (column.isBase && column.isGoal) return t('lineage.fate.already');
  if (column.isBase) return t('lineage.fate.base');
  if (column.isGoal && column.fate === 'sent') return t('lineage.fate.goal');
  if (column.isGoal) return t('lineage.fate.already');
  return t(`lineage.fate.${column.fate}`);
}

export function columnWords(t: TFunction, column: Column): string {
  return [
    column.label,
    ...(column.creation === null ? [] : [formatMoment(column.creation * 1000)]),
    fateWords(t, column),
    ...(column.bookmark === null ? [] : [t('lineage.bookmarkOnly')]),
    ...(column.isNamesake ? [t('lineage.namesake')] : []),
    ...(column.isHeld ? [t('lineage.held')] : []),
  ].join(', ');
}
