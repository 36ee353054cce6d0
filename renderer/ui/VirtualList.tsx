/** A list to choose from, with a filter above it. */
import { Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
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
    <div className={styles.list}>
      <div className={styles.bar}>
        <SearchField
          aria-label={t('ui.filterWhat', { what: label })}
          value={filter}
          onChange={setFilter}
          className={styles.search ?? ''}
        >
          <Search aria-hidden size={15} />
          <Input placeholder={t('ui.filter')} className={styles.input ?? ''} spellCheck={false} />
        </SearchField>
        <span className={styles.count} role="status">
          {isFiltered
            ? t('ui.countOf', { shown: formatNumber(shown.length), all: formatNumber(items.length) })
            : formatNumber(items.length)}
        </span>
      </div>
      <VirtualRows
        {...rest}
        items={shown}
        row={(item) => row(item, isFiltered)}
        empty={isFiltered ? t('ui.noMatch') : empty}
      />
    </div>
  );
}
