import { useTranslation } from 'react-i18next';
import type { Progress } from '../../shared/model/run.ts';
import { Facts } from '../ui/Facts.tsx';
import { formatBytes, formatClock, formatPercent, formatRange, formatRate } from '../ui/format.ts';
import styles from './Figures.module.css';
import type { Bar } from './progress-view.ts';
import { useNow } from './use-now.ts';

/** The figures that a person looks for first. */
export function Figures({
  progress,
  isPaused,
  startedAt,
  bar,
}: {
  readonly progress: Progress | null;
  /** Then there is no rate, and no time left that could be told. */
  readonly isPaused: boolean;
  readonly startedAt: string;
  readonly bar: Bar;
}) {
  const { t } = useTranslation();
  const now = useNow();
  const left = progress?.secondsLeft ?? null;
  const isFlowing = progress !== null && progress.phase === 'sending' && !isPaused;
  const timeLeft = isPaused
    ? t('ui.nothing')
    : left === null || !isFlowing
      ? t('transfer.cannotTell')
      : formatRange(left.low, left.high);
  const facts: [string, string][] = [
    [t('transfer.rate'), isFlowing ? formatRate(progress.bytesPerSecond) : t('ui.nothing')],
    [
      t('transfer.mean'),
      progress === null || progress.meanBytesPerSecond === 0
        ? t('ui.nothing')
        : formatRate(progress.meanBytesPerSecond),
    ],
    [t('transfer.left'), timeLeft],
    [t('transfer.elapsed'), formatClock(Math.max(0, now - Date.parse(startedAt)) / 1000)],
  ];
  return (
    <div className={styles.figures}>
      <div>
        <p className={styles.big}>
          <span className={styles.bytes}>{formatBytes(progress?.bytes ?? 0)}</span>
          {progress?.total != null && (
            <span className={styles.of}>{t('transfer.of', { bytes: formatBytes(progress.total) })}</span>
          )}
        </p>
        <p className={styles.under}>
          {bar.fraction === null
            ? t(bar.why === 'over-estimate' ? 'transfer.overEstimate' : 'transfer.noEstimate')
            : t('transfer.percent', { percent: formatPercent(bar.fraction) })}
        </p>
      </div>
      <Facts facts={facts} className={styles.facts} />
    </div>
  );
}
