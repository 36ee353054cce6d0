import { useMemo, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Sample, samplesSince, summarise } from '../runs/samples.ts';
import { Card } from '../ui/Card.tsx';
import { Details } from '../ui/Details.tsx';
import { formatRate } from '../ui/format.ts';
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
export function RateChart({ samples, limit }: { readonly samples: readonly Sample[]; readonly limit: number | null }) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<WindowId>('minutes');
  const windowMs = WINDOWS.find(({ id }) => id === choice)?.ms ?? null;
  const shown = useMemo(() => samplesSince(samples, windowMs), [samples, windowMs]);
  const summary = summarise(shown);
  return (
    <Card
      title={t('chart.title')}
      aside={
        <ToggleButtonGroup
          aria-label={t('chart.window')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[choice]}
          onSelectionChange={(keys) => setChoice(WINDOWS.find(({ id }) => keys.has(id))?.id ?? 'minutes')}
          className={styles.windows ?? ''}
        >
          {WINDOWS.map(({ id }) => (
            <ToggleButton key={id} id={id} className={styles.window ?? ''}>
              {t(`chart.windows.${id}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      <RatePlot samples={shown} limit={limit} />
      <p className={styles.summary}>
        {summary === null
          ? t('chart.nothing')
          : t('chart.summary', {
              least: formatRate(summary.least),
              most: formatRate(summary.most),
              mean: formatRate(summary.mean),
            })}
      </p>
      {shown.length > 0 && (
        <Details summary={t('chart.table')}>
          <RateTable samples={shown} />
        </Details>
      )}
    </Card>
  );
}
