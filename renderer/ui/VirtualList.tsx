/** A list to choose from, with a filter above it. */
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { FilterBar } from './FilterBar.tsx';
import { formatNumber } from './format.ts';
import styles from './VirtualList.module.css';
import { VirtualRows, type VirtualRowsProps } from './VirtualRows.tsx';

export interface VirtualListProps<T> extends Omit<VirtualRowsProps<T>, 'row'> {
  /** What the filter looks through. */
  readonly textOf: (item: T) => string;
  readonly row: (item: T, isFiltered: boolean) => ReactNode;
}

export function VirtualList<T>({ textOf, row, empty, ...rest }: VirtualListProps<T>) {
  const { t } = useTranslation();
  const { items, label } = rest;
  const [filter, setFilter] = useState('');
  const needle = filter.trim().toLowerCase();
  const shown = useMemo(
    () => (needle === '' ? items : items.filter((item) => textOf(item).toLowerCase().includes(needle))),
    [items, needle, textOf],
  );
  const isFiltered = needle !== '';
  return (
    <div className={classNames('surface', styles.list)}>
      <FilterBar
        label={t('ui.filterWhat', { what: label })}
        placeholder={t('ui.filter')}
        value={filter}
        onChange={setFilter}
        count={
          isFiltered
            ? t('ui.countOf', { shown: formatNumber(shown.length), all: formatNumber(items.length) })
            : formatNumber(items.length)
        }
      />
      <VirtualRows
        {...rest}
        items={shown}
        row={(item) => row(item, isFiltered)}
        empty={isFiltered ? t('ui.noMatch') : empty}
      />
    </div>
  );
}
