import { Lock } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../shared/model/inventory.ts';
import { labelOf } from '../../shared/model/names.ts';
import { classNames } from '../ui/class-names.ts';
import { formatAge, formatBytes, formatMoment, tail } from '../ui/format.ts';
import { Name } from '../ui/Name.tsx';
import { VirtualList } from '../ui/VirtualList.tsx';
import styles from './SnapshotList.module.css';

type Row =
  | { readonly kind: 'newest' }
  | { readonly kind: 'take' }
  | { readonly kind: 'one'; readonly snapshot: Snapshot; readonly label: string };

/** No label is like these two. */
const NEWEST = '';
const TAKE = '@';
const keyOf = (row: Row): string => (row.kind === 'newest' ? NEWEST : row.kind === 'take' ? TAKE : row.label);
const textOf = keyOf;

/** The snapshots of the source, newest first; the first row is whichever is newest when the plan is made. */
export function SnapshotList({
  snapshots,
  selected,
  isTaking,
  onSelect,
  onTake,
}: {
  readonly snapshots: readonly Snapshot[];
  /** A label; null: the newest. */
  readonly selected: string | null;
  /** True if the run takes a new one. */
  readonly isTaking: boolean;
  readonly onSelect: (label: string | null) => void;
  readonly onTake: () => void;
}) {
  const { t } = useTranslation();
  const now = Date.now();
  const rows = useMemo<Row[]>(() => {
    const sorted = [...snapshots].sort((a, b) => b.createtxg - a.createtxg);
    return [
      ...(sorted.length === 0 ? [] : [{ kind: 'newest' as const }]),
      { kind: 'take' as const },
      ...sorted.map((snapshot) => ({ kind: 'one' as const, snapshot, label: labelOf(snapshot.name) })),
    ];
  }, [snapshots]);
  const newest = rows[2]?.kind === 'one' ? rows[2].label : '';
  return (
    <VirtualList
      label={t('snapshots.list')}
      items={rows}
      keyOf={keyOf}
      textOf={textOf}
      wordsOf={(row) =>
        row.kind === 'newest'
          ? t('snapshots.newestRow', { label: newest })
          : row.kind === 'take'
            ? t('snapshots.take')
            : [
                row.label,
                row.snapshot.creation === null ? '' : formatMoment(row.snapshot.creation * 1000),
                (row.snapshot.holds ?? 0) > 0 ? t('lineage.held') : '',
              ]
                .filter((word) => word !== '')
                .join(', ')
      }
      columns={styles.columns}
      header={
        <>
          <span>{t('snapshots.snapshot')}</span>
          <span>{t('snapshots.created')}</span>
          <span className={styles.number}>{t('snapshots.used')}</span>
          <span className={styles.number}>{t('snapshots.refers')}</span>
          <span className={styles.guid}>{t('snapshots.guid')}</span>
        </>
      }
      row={(row) =>
        row.kind === 'newest' ? (
          <span className={styles.newest}>
            {t('snapshots.newest')} <span className={styles.soft}>{t('snapshots.newestNow', { label: newest })}</span>
          </span>
        ) : row.kind === 'take' ? (
          <span className={styles.newest}>{t('snapshots.take')}</span>
        ) : (
          <>
            <span className={styles.name}>
              <Name>{row.label}</Name>
              {(row.snapshot.holds ?? 0) > 0 && <Lock aria-hidden size={13} className={styles.soft} />}
            </span>
            <span className={styles.when}>
              {row.snapshot.creation === null ? (
                t('ui.unknown')
              ) : (
                <>
                  {formatMoment(row.snapshot.creation * 1000)}{' '}
                  <span className={styles.soft}>{formatAge(row.snapshot.creation * 1000, now)}</span>
                </>
              )}
            </span>
            <span className={styles.number}>
              {row.snapshot.used === null ? t('ui.nothing') : formatBytes(row.snapshot.used)}
            </span>
            <span className={styles.number}>
              {row.snapshot.referenced === null ? t('ui.nothing') : formatBytes(row.snapshot.referenced)}
            </span>
            <span className={classNames(styles.guid, styles.digits)}>{tail(row.snapshot.guid, 6)}</span>
          </>
        )
      }
      selected={isTaking ? TAKE : (selected ?? NEWEST)}
      onSelect={(row) => (row.kind === 'take' ? onTake() : onSelect(row.kind === 'newest' ? null : row.label))}
      empty={t('snapshots.none')}
      rows={9}
    />
  );
}
