/** A table of any length, drawn only where it is looked at. It scrolls by keyboard, and screen readers know its size. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';
import { Name } from './Name.tsx';
import rowStyles from './rows.module.css';
import { OVERSCAN, ROW } from './use-active-row.ts';
import styles from './VirtualTable.module.css';

export interface TableColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
  /** Numbers stand at the end of their column. */
  readonly isNumber?: boolean;
  /** Names are set in the monospace face. */
  readonly isName?: boolean;
  /** The cell that names its row. */
  readonly isHeader?: boolean;
  /** Called where the person may order by this column. */
  readonly onSort?: () => void;
  readonly sorted?: 'ascending' | 'descending' | null;
}

export function VirtualTable<T>({
  label,
  columns,
  layout,
  items,
  keyOf,
  rows = 12,
  empty,
}: {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  /** Class with the grid columns. */
  readonly layout: string | undefined;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Rows that are seen at once, at most; `fill` takes the room there is. */
  readonly rows?: number | 'fill';
  readonly empty: string;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
  });
  // Where rows scroll, header and rows leave the same room for the scroll bar.
  const gutter = rows === 'fill' || items.length > rows ? rowStyles.gutter : undefined;
  const cellClass = (column: TableColumn<T>) =>
    classNames(styles.cell, column.isNumber === true && styles.number, column.isName === true && styles.name);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a <table> cannot be placed one by one.
    <div
      role="table"
      aria-label={label}
      aria-rowcount={items.length + 1}
      className={classNames(styles.table, rows === 'fill' && styles.fill)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a row of a table is read, not used. */}
      <div role="row" aria-rowindex={1} className={classNames(rowStyles.header, gutter, layout)}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: as above.
          // biome-ignore lint/a11y/useFocusableInteractive: the button in it takes the focus where there is one.
          <div
            key={column.id}
            role="columnheader"
            aria-sort={column.onSort === undefined ? undefined : (column.sorted ?? 'none')}
            className={classNames(styles.cell, column.isNumber === true && styles.number)}
          >
            {column.onSort === undefined ? (
              column.title
            ) : (
              <button type="button" className={styles.sort} onClick={column.onSort}>
                {column.title}
                {column.sorted === 'ascending' && <ArrowUp aria-hidden size={13} />}
                {column.sorted === 'descending' && <ArrowDown aria-hidden size={13} />}
              </button>
            )}
          </div>
        ))}
      </div>
      {/* A part that scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      <div
        ref={frame}
        role="rowgroup"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
        tabIndex={0}
        className={classNames(rowStyles.frame, gutter, rows === 'fill' && rowStyles.fill)}
        style={rows === 'fill' ? undefined : { height: Math.max(1, Math.min(rows, items.length)) * ROW }}
      >
        {items.length === 0 && <p className={rowStyles.empty}>{empty}</p>}
        <div role="presentation" className={rowStyles.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above.
              // biome-ignore lint/a11y/useFocusableInteractive: a row of a table is read, not used.
              <div
                key={keyOf(item)}
                role="row"
                aria-rowindex={index + 2}
                className={classNames(rowStyles.row, rowStyles.columns, styles.row, layout)}
                style={{ transform: `translateY(${start}px)` }}
              >
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role={column.isHeader === true ? 'rowheader' : 'cell'}
                    className={cellClass(column)}
                  >
                    <Content column={column} item={item} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Content<T>({ column, item }: { readonly column: TableColumn<T>; readonly item: T }) {
  const content = column.cell(item);
  return column.isName === true && typeof content === 'string' ? <Name>{content}</Name> : content;
}
