/** A host's datasets as a tree, drawn only where it is looked at. Arrows move, right opens, left closes or goes up. */
import { ChevronRight, Database, Folder, HardDrive, Lock } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../ui/class-names.ts';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { Name } from '../ui/Name.tsx';
import rowStyles from '../ui/rows.module.css';
import { useActiveRow } from '../ui/use-active-row.ts';
import type { TreeDataset } from '../wizard/read.ts';
import styles from './DatasetTree.module.css';
import { above, closedAtFirst, rowsOf } from './tree.ts';

export function DatasetTree({
  label,
  datasets,
  filter,
  selected,
  onSelect,
  copies,
}: {
  readonly label: string;
  readonly datasets: readonly TreeDataset[];
  /** Lower case. */
  readonly filter: string;
  readonly selected: string | null;
  readonly onSelect: (name: string) => void;
  /** Where a dataset has been replicated to, in words. */
  readonly copies: ReadonlyMap<string, string>;
}) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => {
    const first = closedAtFirst(datasets.map(({ name }) => name));
    const way = new Set(selected === null ? [] : above(selected));
    return new Set([...first].filter((name) => !way.has(name)));
  });
  const rows = useMemo(() => rowsOf(datasets, closed, filter), [datasets, closed, filter]);
  const { frame, virtual, active, setActive, moveTo, moveBy } = useActiveRow(
    rows.length,
    Math.max(
      0,
      rows.findIndex(({ dataset }) => dataset.name === selected),
    ),
  );
  const id = useId();
  useEffect(() => setActive((before) => Math.min(before, Math.max(0, rows.length - 1))), [rows.length, setActive]);
  const toggle = (name: string) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (row === undefined) return;
    if (event.key === 'Enter' || event.key === ' ') onSelect(row.dataset.name);
    else if (event.key === 'ArrowRight' && row.isOpen === false) toggle(row.dataset.name);
    else if (event.key === 'ArrowRight' && row.isOpen === true) moveTo(active + 1);
    else if (event.key === 'ArrowLeft' && row.isOpen === true) toggle(row.dataset.name);
    else if (event.key === 'ArrowLeft') {
      const parent = above(row.dataset.name).at(-1);
      const index = rows.findIndex(({ dataset }) => dataset.name === parent);
      if (index >= 0) moveTo(index);
    } else if (!moveBy(event.key)) return;
    event.preventDefault();
  };

  return (
    <div
      ref={frame}
      role="tree"
      aria-label={label}
      aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      className={classNames(rowStyles.frame, rowStyles.gutter, styles.frame)}
      onKeyDown={onKeyDown}
    >
      {rows.length === 0 && <p className={rowStyles.empty}>{t('ui.noMatch')}</p>}
      <div role="presentation" className={rowStyles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { dataset, level, isOpen } = row;
          const Icon = dataset.name.includes('/') ? (dataset.kind === 'volume' ? HardDrive : Folder) : Database;
          const copy = copies.get(dataset.name);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys for all its rows.
            // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and points at its active row.
            <div
              key={dataset.name}
              id={`${id}-${index}`}
              role="treeitem"
              aria-level={level}
              aria-selected={dataset.name === selected}
              aria-expanded={isOpen ?? undefined}
              data-active={index === active || undefined}
              className={classNames(rowStyles.row, styles.row)}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: 8 + Math.min(level - 1, 8) * 12 }}
              onClick={() => {
                setActive(index);
                onSelect(dataset.name);
              }}
            >
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys open and close. */}
              {/* biome-ignore lint/a11y/noStaticElementInteractions: a mouse’s way to what the arrow keys do. */}
              <span
                className={classNames(styles.chevron, isOpen === true && styles.open)}
                data-leaf={isOpen === null || undefined}
                onClick={(event) => {
                  if (isOpen === null) return;
                  event.stopPropagation();
                  setActive(index);
                  toggle(dataset.name);
                }}
              >
                {isOpen !== null && <ChevronRight aria-hidden size={15} />}
              </span>
              <Icon aria-hidden size={15} strokeWidth={1.75} className={styles.icon} />
              <span className={styles.name}>
                <Name>{filter === '' ? dataset.name.slice(dataset.name.lastIndexOf('/') + 1) : dataset.name}</Name>
              </span>
              {dataset.encryption !== null && dataset.encryption !== 'off' && (
                <Lock aria-label={t('explore.encrypted')} size={12} className={styles.icon} />
              )}
              {copy !== undefined && (
                <span className={styles.copy} title={copy}>
                  {copy}
                </span>
              )}
              <span className={styles.number}>
                {dataset.snapshots === 0 ? (
                  <span className="visually-hidden">{t('datasets.none')}</span>
                ) : (
                  <>
                    {formatNumber(dataset.snapshots)} <span className="visually-hidden">{t('datasets.snapshots')}</span>
                  </>
                )}
              </span>
              <span className={styles.number}>{dataset.used === null ? '' : formatBytes(dataset.used)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
