/**
 * A list to choose one thing from, drawn only where it is looked at: 50,000 rows open as fast as 50. One stop for the
 * keyboard; the arrows move through it, Enter or space chooses.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { formatNumber } from './format.ts';
import styles from './VirtualList.module.css';

const ROW = 32;
const PAGE = 10;

export interface VirtualListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** What the filter looks through. */
  readonly textOf: (item: T) => string;
  /** The row in words, for screen readers. */
  readonly wordsOf: (item: T) => string;
  readonly header: ReactNode;
  /** Cells of a row, laid out by `columns`. */
  readonly row: (item: T, isFiltered: boolean) => ReactNode;
  /** Class with the grid columns of header and rows. */
  readonly columns: string | undefined;
  readonly selected: string | null;
  readonly onSelect: (item: T) => void;
  readonly empty: string;
  /** Rows that are seen at once, at most. */
  readonly rows?: number;
}

export function VirtualList<T>(props: VirtualListProps<T>) {
  const { t } = useTranslation();
  const { items, keyOf, textOf, selected, rows = 10 } = props;
  const [filter, setFilter] = useState('');
  const needle = filter.trim().toLowerCase();
  const shown = useMemo(
    () => (needle === '' ? items : items.filter((item) => textOf(item).toLowerCase().includes(needle))),
    [items, needle, textOf],
  );
  const [active, setActive] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const selectedIndex = shown.findIndex((item) => keyOf(item) === selected);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list moves the place, not another choice in it.
  useEffect(() => setActive(Math.max(0, selectedIndex)), [shown]);

  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
    initialOffset: Math.max(0, selectedIndex - 3) * ROW,
    // The active row stays drawn, so that what screen readers point at exists.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const range = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
      if (active < from) range.unshift(active);
      else if (active > to && active < count) range.push(active);
      return range;
    },
  });

  const moveTo = (index: number) => {
    const to = Math.min(shown.length - 1, Math.max(0, index));
    setActive(to);
    virtual.scrollToIndex(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
      Home: 0,
      End: shown.length - 1,
    };
    const to = moves[event.key];
    const item = shown[active];
    if (to !== undefined) moveTo(to);
    else if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) props.onSelect(item);
    else return;
    event.preventDefault();
  };

  const isFiltered = needle !== '';
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <SearchField
          aria-label={t('ui.filterWhat', { what: props.label })}
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
      <div className={classNames(styles.header, props.columns)} aria-hidden>
        {props.header}
      </div>
      <div
        ref={frame}
        role="listbox"
        aria-label={props.label}
        aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        className={styles.frame}
        style={{ height: Math.max(2, Math.min(rows, shown.length)) * ROW }}
        onKeyDown={onKeyDown}
      >
        {shown.length === 0 && <p className={styles.empty}>{isFiltered ? t('ui.noMatch') : props.empty}</p>}
        <div role="presentation" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = shown[index];
            if (item === undefined) return null;
            const key = keyOf(item);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys for all its rows.
              // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and points at its active row.
              <div
                key={key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={key === selected}
                aria-setsize={shown.length}
                aria-posinset={index + 1}
                data-active={index === active || undefined}
                className={classNames(styles.row, props.columns)}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => {
                  setActive(index);
                  props.onSelect(item);
                }}
              >
                <span className="visually-hidden">{props.wordsOf(item)}</span>
                <span aria-hidden className={styles.cells}>
                  {props.row(item, isFiltered)}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
