import { useTranslation } from 'react-i18next';
import type { Sample } from '../runs/samples.ts';
import { formatBytes, formatRate, formatTimeOfDay } from '../ui/format.ts';
import table from '../ui/table.module.css';
import { perMinute } from './per-minute.ts';
import styles from './RateTable.module.css';

/** The chart's data as text: a row a minute, newest first. */
export function RateTable({ samples }: { readonly samples: readonly Sample[] }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
    <section className={styles.frame} tabIndex={0} aria-label={t('chart.table')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('chart.minute')}</th>
            <th scope="col" className={table.number}>
              {t('transfer.mean')}
            </th>
            <th scope="col" className={table.number}>
              {t('chart.bytesSoFar')}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...perMinute(samples)].reverse().map((minute) => (
            <tr key={minute.at}>
              <th scope="row">{formatTimeOfDay(minute.at)}</th>
              <td className={table.number}>{formatRate(minute.mean)}</td>
              <td className={table.number}>{formatBytes(minute.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
