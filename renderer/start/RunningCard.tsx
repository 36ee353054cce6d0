import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../shared/model/run.ts';
import { formatRoute } from '../app/route.ts';
import { RunEnds } from '../runs/RunEnds.tsx';
import { followRun, useRunViews } from '../runs/watch-run.ts';
import { ProgressBar } from '../transfer/ProgressBar.tsx';
import { barOf } from '../transfer/progress-view.ts';
import { classNames } from '../ui/class-names.ts';
import { formatBytes, formatRange, formatRate } from '../ui/format.ts';
import styles from './RunningCard.module.css';

/** A run under way, with how far it is; the whole is on its page. */
export function RunningCard({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation();
  const view = useRunViews(({ byRun }) => byRun[run.run]);
  useEffect(() => {
    void followRun(run.run);
  }, [run.run]);
  const progress = view?.detail?.progress ?? null;
  const left = progress?.secondsLeft ?? null;
  const isPaused = view?.detail?.paused === true;
  const isMoving = progress?.phase === 'sending' && !isPaused;
  return (
    <li className={classNames('surface', styles.card)}>
      <div className={styles.head}>
        <a href={formatRoute({ page: 'run', run: run.run })} className={styles.link}>
          <RunEnds request={run.request} />
        </a>
        <span className={styles.facts}>
          <span>{isPaused ? t('transfer.paused') : t(`transfer.phase.${progress?.phase ?? 'planning'}`)}</span>
          {progress !== null && progress.bytes > 0 && <span>{formatBytes(progress.bytes)}</span>}
          {isMoving && <span>{formatRate(progress.bytesPerSecond)}</span>}
          {isMoving && left !== null && <span>{t('start.left', { time: formatRange(left.low, left.high) })}</span>}
        </span>
      </div>
      <ProgressBar bar={barOf(progress)} />
    </li>
  );
}
