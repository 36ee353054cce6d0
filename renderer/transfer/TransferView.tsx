import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import type { Mark as ChartMark } from '../runs/marks.ts';
import { RunEnds } from '../runs/RunEnds.tsx';
import type { Sample } from '../runs/samples.ts';
import { say } from '../texts/engine/say.ts';
import { Card } from '../ui/Card.tsx';
import { classNames } from '../ui/class-names.ts';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { Controls } from './Controls.tsx';
import { Figures } from './Figures.tsx';
import { Messages } from './Messages.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import { barOf, currentStep, silenceOf } from './progress-view.ts';
import { RateChart } from './RateChart.tsx';
import { RetryCard } from './RetryCard.tsx';
import { StepList } from './StepList.tsx';
import { StreamList } from './StreamList.tsx';
import styles from './TransferView.module.css';
import { useSpokenProgress } from './use-spoken-progress.ts';

/** A run under way. */
export function TransferView({
  detail,
  samples,
  marks,
}: {
  readonly detail: RunDetail;
  readonly samples: readonly Sample[];
  readonly marks: readonly ChartMark[];
}) {
  const { t } = useTranslation();
  const { progress, steps, messages, retry, summary, plan } = detail;
  const bar = barOf(progress);
  const step = currentStep(steps, retry !== null);
  const silent = silenceOf(progress);
  useSpokenProgress(bar, progress?.phase ?? 'planning');
  return (
    <Page
      title={t('transfer.title', { dataset: summary.request.source.dataset })}
      lead={<RunEnds request={summary.request} />}
      actions={<Controls detail={detail} />}
    >
      <section className={classNames('surface', styles.live)} aria-label={t('transfer.progress')}>
        <div className={styles.phase}>
          {detail.paused ? (
            <Mark tone="paused">{t('transfer.paused')}</Mark>
          ) : (
            <Mark tone={retry === null ? 'running' : 'warn'}>
              {t(`transfer.phase.${progress?.phase ?? 'planning'}`)}
            </Mark>
          )}
          {step !== null && (
            <span>
              <span className={styles.soft}>{t('transfer.step', { place: step.place, count: step.count })}</span>{' '}
              {say(step.title)}
            </span>
          )}
        </div>
        <Figures progress={progress} isPaused={detail.paused} startedAt={summary.startedAt} bar={bar} />
        <ProgressBar bar={bar} />
        {silent !== null && (
          <Mark tone="note" look="plain">
            {t('transfer.silent', { seconds: silent })}
          </Mark>
        )}
        {progress?.stream != null && progress.stream.count > 1 && (
          <p className={styles.soft}>
            {t('transfer.stream', { place: progress.stream.index + 1, count: progress.stream.count })}{' '}
            <span className="mono">{progress.stream.snapshot}</span>
          </p>
        )}
      </section>
      {retry !== null && <RetryCard retry={retry} />}
      <RateChart samples={samples} marks={marks} limit={detail.limit} />
      {plan.streams.length > 1 && <StreamList detail={detail} />}
      <div className={styles.columns}>
        <Card title={t('transfer.steps')} isFlush>
          <Scroll label={t('transfer.steps')}>
            <StepList detail={detail} />
          </Scroll>
        </Card>
        <Card title={t('transfer.messages')} isFlush>
          <Scroll label={t('transfer.messages')}>
            <Messages messages={messages} />
          </Scroll>
        </Card>
      </div>
    </Page>
  );
}
