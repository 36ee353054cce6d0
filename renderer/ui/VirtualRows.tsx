/**
 * Rows to choose from, drawn only where they are looked at: 200,000 open as fast as 50. One stop for the keyboard; the
 * arrows move through them, Enter or space chooses.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './rows.module.css';
import { ROW, useActiveRow } from './use-active-row.ts';

export interface VirtualRowsProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** The row in words, for screen readers. */
  readonly wordsOf: (item: T) => string;
  readonly header: ReactNode;
  /** Cells of a row, laid out by `columns`. */
  readonly row: (item: T) => ReactNode;
  /** Class with the grid columns of header and rows. */
  readonly columns: string | undefined;
  /** One key, or a set of them where several can be chosen. */
  readonly selected: string | ReadonlySet<string> | null;
  readonly onSelect: (item: T) => void;
  readonly empty: string;
  /** Rows that are seen at once, at most; `fill` takes the room there is. */
  readonly rows?: number | 'fill';
}

export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { items, keyOf, selected, rows = 10 } = props;
  const id = useId();
  const isMany = selected !== null && typeof selected === 'object';
  const isSelected = (key: string) => (isMany ? selected.has(key) : key === selected);
  const selectedIndex = selected === null || isMany ? -1 : items.findIndex((item) => keyOf(item) === selected);
  const { frame, virtual, active, setActive, moveBy } = useActiveRow(items.length, Math.max(0, selectedIndex));

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list moves the place, not another choice in it.
  useEffect(() => setActive(Math.max(0, selectedIndex)), [items]);

  // Where rows scroll, header and rows leave the same room for the scroll bar.
  const gutter = rows === 'fill' || items.length > rows ? styles.gutter : undefined;

  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[active];
    if ((event.key === 'Enter' || event.key === ' ') && item !== undefined) props.onSelect(item);
    else if (!moveBy(event.key)) return;
    event.preventDefault();
  };

  return (
    <>
      <div className={classNames(styles.header, gutter, props.columns)} aria-hidden={rows !== 'fill'}>
        {props.header}
      </div>
      <div
        ref={frame}
        role="listbox"
        aria-label={props.label}
        aria-multiselectable={isMany || undefined}
        aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        className={classNames(styles.frame, gutter, rows === 'fill' && styles.fill)}
        style={rows === 'fill' ? undefined : { height: Math.max(2, Math.min(rows, items.length)) * ROW }}
        onKeyDown={onKeyDown}
      >
        {items.length === 0 && <p className={styles.empty}>{props.empty}</p>}
        <div role="presentation" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            const key = keyOf(item);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys for all its rows.
              // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and points at its active row.
              <div
                key={key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={isSelected(key)}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                data-active={index === active || undefined}
                className={classNames(styles.row, styles.columns, props.columns)}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => {
                  setActive(index);
                  props.onSelect(item);
                }}
              >
                <span className="visually-hidden">{props.wordsOf(item)}</span>
                <span aria-hidden className={styles.cells}>
                  {props.row(item)}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
