import { Bookmark as BookmarkIcon, Lock } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgainAt } from '../connection/use-again.ts';
import { formatBytes, formatMoment, tail } from '../ui/format.ts';
import { Name } from '../ui/Name.tsx';
import { type TableColumn, VirtualTable } from '../ui/VirtualTable.tsx';
import { HostReading } from '../wizard/HostReading.tsx';
import { useSnapshots } from '../wizard/read.ts';
import { SnapshotFilterBar } from './SnapshotFilterBar.tsx';
import styles from './SnapshotPane.module.css';
import {
  everything,
  filterRows,
  type Order,
  type RowFilter,
  type SnapshotRow,
  type SortKey,
  sortRows,
  toRows,
} from './snapshot-rows.ts';

/** All snapshots and bookmarks of a dataset. Typing is never held up by their number: the rows follow when they can. */
export function SnapshotPane({
  host,
  dataset,
  turn,
}: {
  readonly host: string;
  readonly dataset: string;
  /** Another number: it is read again. */
  readonly turn: number;
}) {
  const { t } = useTranslation();
  const read = useSnapshots(host, dataset);
  useAgainAt(turn, read.again);
  const [filter, setFilter] = useState<RowFilter>(everything);
  const [order, setOrder] = useState<Order>({ key: 'creation', isDescending: true });
  const wanted = useDeferredValue(filter);
  const all = useMemo(() => (read.data === null ? [] : toRows(read.data.snapshots, read.data.bookmarks)), [read.data]);
  const sorted = useMemo(() => sortRows(all, order), [all, order]);
  const filtered = useMemo(() => filterRows(sorted, wanted), [sorted, wanted]);

  const sortable = (key: SortKey) => ({
    onSort: () =>
      setOrder((before) => ({ key, isDescending: before.key === key ? !before.isDescending : key !== 'label' })),
    sorted: order.key !== key ? null : order.isDescending ? ('descending' as const) : ('ascending' as const),
  });
  const size = (bytes: number | null) => (bytes === null ? t('ui.nothing') : formatBytes(bytes));
  const columns: TableColumn<SnapshotRow>[] = [
    {
      id: 'label',
      title: t('snapshots.snapshot'),
      isName: true,
      isHeader: true,
      cell: (row) => (
        <span className={styles.name}>
          {row.kind === 'bookmark' && <BookmarkIcon aria-label={t('lineage.bookmark')} size={13} />}
          <Name>{row.label}</Name>
        </span>
      ),
      ...sortable('label'),
    },
    {
      id: 'creation',
      title: t('snapshots.created'),
      cell: ({ creation }) => (creation === null ? t('ui.unknown') : formatMoment(creation * 1000)),
      ...sortable('creation'),
    },
    {
      id: 'used',
      title: t('snapshots.used'),
      isNumber: true,
      cell: ({ used }) => size(used),
      ...sortable('used'),
    },
    {
      id: 'referenced',
      title: t('snapshots.refers'),
      isNumber: true,
      cell: ({ referenced }) => size(referenced),
      ...sortable('referenced'),
    },
    {
      id: 'holds',
      title: t('snapshots.holds'),
      isNumber: true,
      cell: ({ holds }) =>
        holds === null || holds === 0 ? (
          t('ui.nothing')
        ) : (
          <span className={styles.holds}>
            <Lock aria-hidden size={12} />
            {holds}
          </span>
        ),
      ...sortable('holds'),
    },
    { id: 'guid', title: t('snapshots.guid'), isName: true, cell: ({ guid }) => tail(guid, 8) },
  ];
  const reading = <HostReading host={host} asked={read} />;
  if (read.data === null && read.failure === null) return reading;
  return (
    <>
      {reading}
      <SnapshotFilterBar
        filter={filter}
        onChange={setFilter}
        shown={filtered.ok ? filtered.value.length : 0}
        all={all.length}
        fault={filtered.ok ? null : filtered.error}
      />
      <VirtualTable
        label={t('snapshots.list')}
        columns={columns}
        layout={styles.columns}
        items={filtered.ok ? filtered.value : []}
        keyOf={keyOf}
        rows="fill"
        empty={all.length === 0 ? t('snapshots.none') : t('ui.noMatch')}
      />
    </>
  );
}

const keyOf = (row: SnapshotRow): string => row.name;
