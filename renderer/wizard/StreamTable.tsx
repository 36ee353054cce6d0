import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan, Stream } from '../../shared/model/plan.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { classNames } from '../ui/class-names.ts';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { type TableColumn, VirtualTable } from '../ui/VirtualTable.tsx';
import styles from './StreamTable.module.css';

/** What is really in the streams, in their order; of one dataset of the package, or of all. */
export function StreamTable({
  plan,
  source,
  onAll,
}: {
  readonly plan: Plan;
  /** null: the streams of all datasets. */
  readonly source: string | null;
  readonly onAll: () => void;
}) {
  const { t } = useTranslation();
  const { streams } = plan;
  const shown = useMemo(
    () => (source === null ? streams : streams.filter(({ snapshot }) => snapshot.startsWith(`${source}@`))),
    [streams, source],
  );
  const columns: TableColumn<Stream>[] = [
    { id: 'type', title: t('review.type'), cell: ({ type }) => t(`review.types.${type}`) },
    { id: 'snapshot', title: t('review.snapshot'), cell: ({ snapshot }) => snapshot, isName: true, isHeader: true },
    { id: 'from', title: t('review.from'), cell: ({ from }) => from ?? t('ui.nothing'), isName: true },
    {
      id: 'size',
      title: t('review.size'),
      isNumber: true,
      cell: ({ bytes, alreadyReceived }) => (
        <>
          {bytes === null ? t('ui.unknown') : formatBytes(bytes)}
          {alreadyReceived > 0 && (
            <span className={styles.soft}> {t('review.already', { bytes: formatBytes(alreadyReceived) })}</span>
          )}
        </>
      ),
    },
  ];
  return (
    <Card
      title={source === null ? t('review.streams') : t('review.streamsOf', { dataset: source })}
      aside={
        source === null ? (
          t('review.streamCount', { count: streams.length })
        ) : (
          <>
            {t('ui.countOf', { shown: formatNumber(shown.length), all: formatNumber(streams.length) })}
            <Button size="small" onPress={onAll}>
              {t('review.allStreams')}
            </Button>
          </>
        )
      }
      isFlush
    >
      <VirtualTable
        label={t('review.streams')}
        columns={columns}
        layout={classNames(styles.columns, streams.some(({ alreadyReceived }) => alreadyReceived > 0) && styles.wide)}
        items={shown}
        keyOf={keyOf}
        empty={t('review.noStreams')}
      />
    </Card>
  );
}

const keyOf = (stream: Stream): string => `${stream.snapshot} ${stream.from ?? ''}`;
