import { Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { RunEnds } from '../runs/RunEnds.tsx';
import type { Sample } from '../runs/samples.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { Figures } from './Figures.tsx';
import { Messages } from './Messages.tsx';
import { ProgressBar } from './ProgressBar.tsx';
import { barOf, currentStep, silenceOf } from './progress-view.ts';
import { RateChart } from './RateChart.tsx';
import { RetryCard } from './RetryCard.tsx';
import { StepList } from './StepList.tsx';
import styles from './TransferView.module.css';
import { useSpokenProgress } from './use-spoken-progress.ts';

/** A run under way. */
export function TransferView({ detail, samples }: { readonly detail: RunDetail; readonly samples: readonly Sample[] }) {
  const { t } = useTranslation();
  const [isCancelling, setIsCancelling] = useState(false);
  const { progress, steps, messages, retry, summary, plan } = detail;
  const bar = barOf(progress);
  const step = currentStep(steps);
  const silent = silenceOf(progress);
  useSpokenProgress(bar, progress?.phase ?? 'planning');
  return (
    <Page
      title={t('transfer.title', { dataset: summary.request.source.dataset })}
      lead={<RunEnds request={summary.request} />}
      actions={
        <Button icon={<Square aria-hidden size={13} />} onPress={() => setIsCancelling(true)}>
          {t('transfer.cancel')}
        </Button>
      }
    >
      <section className={styles.live} aria-label={t('transfer.progress')}>
        <div className={styles.phase}>
          <Mark tone={retry === null ? 'running' : 'warn'}>{t(`transfer.phase.${progress?.phase ?? 'planning'}`)}</Mark>
          {step !== null && (
            <span>
              <span className={styles.soft}>{t('transfer.step', { place: step.place, count: step.count })}</span>{' '}
              {step.title}
            </span>
          )}
        </div>
        <Figures progress={progress} startedAt={summary.startedAt} bar={bar} />
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
      <RateChart samples={samples} limit={plan.request.limit} />
      <div className={styles.columns}>
        <Card title={t('transfer.steps')} isFlush>
          <StepList steps={steps} />
        </Card>
        <Card title={t('transfer.messages')} isFlush>
          <Messages messages={messages} />
        </Card>
      </div>
      {isCancelling && (
        <CancelDialog run={summary.run} bytes={progress?.bytes ?? null} onClose={() => setIsCancelling(false)} />
      )}
    </Page>
  );
}
