import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { formatMoment, tail } from '../ui/format.ts';
import table from '../ui/table.module.css';
import type { Column } from './columns.ts';
import styles from './LineageTable.module.css';
import { fateWords } from './words.ts';

/** More rows than this are read by nobody, and a table of thousands stalls the window; the picture has them all. */
const MOST_ROWS = 500;

/** The picture's data, newest first. */
export function LineageTable({
  columns,
  onPickBase,
}: {
  readonly columns: readonly Column[];
  readonly onPickBase: ((column: Column) => void) | undefined;
}) {
  const { t } = useTranslation();
  const rows = columns.slice(-MOST_ROWS).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
    <section className={styles.frame} tabIndex={0} aria-label={t('lineage.title')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('snapshots.snapshot')}</th>
            <th scope="col">{t('snapshots.created')}</th>
            <th scope="col">{t('snapshots.guid')}</th>
            <th scope="col">{t('lineage.source')}</th>
            <th scope="col">{t('lineage.destination')}</th>
            <th scope="col">{t('lineage.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((column) => (
            <tr key={column.guid}>
              <th scope="row" className={table.name}>
                {column.label}
              </th>
              <td>{column.creation === null ? t('ui.unknown') : formatMoment(column.creation * 1000)}</td>
              <td className={table.name}>{tail(column.guid, 6)}</td>
              <td>{t(column.source !== null ? 'ui.yes' : column.bookmark !== null ? 'lineage.bookmark' : 'ui.no')}</td>
              <td>{t(column.destination === null ? 'ui.no' : 'ui.yes')}</td>
              <td>
                <span className={styles.fate}>
                  {fateWords(t, column)}
                  {onPickBase !== undefined && column.fate === 'common' && !column.isBase && (
                    <Button look="quiet" size="small" onPress={() => onPickBase(column)}>
                      {t('lineage.pickBase')}
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {columns.length > MOST_ROWS && (
        <p className={classNames(styles.more)}>{t('lineage.newestOnly', { shown: MOST_ROWS, all: columns.length })}</p>
      )}
    </section>
  );
}
