import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../runs/marks.ts';
import { type Sample, samplesSince, summarise } from '../runs/samples.ts';
import { Card } from '../ui/Card.tsx';
import { Details } from '../ui/Details.tsx';
import { formatRate } from '../ui/format.ts';
import { Segments } from '../ui/Segments.tsx';
import { MarkLegend } from './MarkLegend.tsx';
import styles from './RateChart.module.css';
import { RatePlot } from './RatePlot.tsx';
import { RateTable } from './RateTable.tsx';

const WINDOWS = [
  { id: 'minutes', ms: 10 * 60_000 },
  { id: 'hour', ms: 60 * 60_000 },
  { id: 'all', ms: null },
] as const;
type WindowId = (typeof WINDOWS)[number]['id'];

/** The rate over time: a line, a sentence that says the same, and a table behind it. */
export function RateChart({
  samples,
  marks,
  limit,
}: {
  readonly samples: readonly Sample[];
  readonly marks: readonly Mark[];
  /** Bytes per second; null: none. */
  readonly limit: number | null;
}) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<WindowId>('minutes');
  const windowMs = WINDOWS.find(({ id }) => id === choice)?.ms ?? null;
  const shown = useMemo(() => samplesSince(samples, windowMs), [samples, windowMs]);
  const summary = summarise(shown);
  return (
    <Card
      title={t('chart.title')}
      aside={
        <Segments
          label={t('chart.window')}
          choices={WINDOWS.map(({ id }) => ({ id, label: t(`chart.windows.${id}`) }))}
          value={choice}
          onChange={setChoice}
        />
      }
    >
      <RatePlot samples={shown} marks={marks} limit={limit} />
      <p className={styles.summary}>
        {summary === null
          ? t('chart.nothing')
          : t('chart.summary', {
              least: formatRate(summary.least),
              most: formatRate(summary.most),
              mean: formatRate(summary.mean),
            })}
      </p>
      <MarkLegend marks={marks} hasLimit={limit !== null} />
      {shown.length > 0 && (
        <Details summary={t('chart.table')}>
          <RateTable samples={shown} />
        </Details>
      )}
    </Card>
  );
}
