import { useTranslation } from 'react-i18next';
import type { Stream } from '../../shared/model/plan.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { Card } from '../ui/Card.tsx';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { type TableColumn, VirtualTable } from '../ui/VirtualTable.tsx';
import styles from './StreamList.module.css';
import { type ShownState, STATE_TONES, shownState } from './shown-state.ts';
import { streamStates } from './stream-states.ts';

type Row = Stream & { readonly state: ShownState };

/** The stream table of a run under way, with how far each stream is. */
export function StreamList({ detail }: { readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const states = streamStates(detail);
  const rows: Row[] = detail.plan.streams.map((stream, index) => ({
    ...stream,
    state: shownState(states[index] ?? 'waiting', true, detail),
  }));
  const done = states.filter((state) => state === 'done').length;
  const columns: TableColumn<Row>[] = [
    {
      id: 'state',
      title: t('runs.status'),
      cell: ({ state }) => (
        <Mark tone={STATE_TONES[state]} look="plain">
          {t(`transfer.states.${state}`)}
        </Mark>
      ),
    },
    { id: 'type', title: t('review.type'), cell: ({ type }) => t(`review.types.${type}`) },
    { id: 'snapshot', title: t('review.snapshot'), cell: ({ snapshot }) => snapshot, isName: true, isHeader: true },
    { id: 'from', title: t('review.from'), cell: ({ from }) => from ?? t('ui.nothing'), isName: true },
    {
      id: 'size',
      title: t('review.size'),
      isNumber: true,
      cell: ({ bytes }) => (bytes === null ? t('ui.unknown') : formatBytes(bytes)),
    },
  ];
  return (
    <Card
      title={t('review.streams')}
      aside={t('transfer.streamsDone', { done: formatNumber(done), all: formatNumber(rows.length) })}
      isFlush
    >
      <VirtualTable
        label={t('review.streams')}
        columns={columns}
        layout={styles.columns}
        items={rows}
        keyOf={keyOf}
        rows={8}
        empty={t('review.noStreams')}
      />
    </Card>
  );
}

const keyOf = (row: Row): string => `${row.snapshot} ${row.from ?? ''}`;
