import { Pencil } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { go } from '../app/route.ts';
import { Messages } from '../transfer/Messages.tsx';
import { StepList } from '../transfer/StepList.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatBytes, formatMoment } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import { wayOutOf } from '../ui/way-out.ts';
import { fromRequest } from '../wizard/draft.ts';
import { useWizard } from '../wizard/store.ts';
import styles from './EndedView.module.css';
import { ResumeButton } from './ResumeButton.tsx';
import { RunEnds } from './RunEnds.tsx';
import { STATUS_TONES } from './status.ts';

/** A run that ended without a proof: what stopped it, what is kept, how to go on. */
export function EndedView({ detail }: { readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const { summary } = detail;
  const edit = () => {
    change(() => fromRequest(summary.request));
    go({ page: 'replicate', step: 'review' });
  };
  return (
    <Page
      title={t(`ended.title.${summary.status}`)}
      lead={<RunEnds request={summary.request} />}
      actions={
        <>
          <Button icon={<Pencil aria-hidden size={14} />} onPress={edit}>
            {t('ended.edit')}
          </Button>
          {summary.resumable && (
            // Before what stopped it is mended, it would only be stopped again.
            <ResumeButton
              run={summary.run}
              look={summary.error !== null && wayOutOf(summary.error) !== null ? 'secondary' : 'primary'}
            />
          )}
        </>
      }
    >
      <div className={styles.facts}>
        <Mark tone={STATUS_TONES[summary.status]}>{t(`runs.states.${summary.status}`)}</Mark>
        <span>{t('ended.started', { when: formatMoment(Date.parse(summary.startedAt)) })}</span>
        {summary.bytes !== null && summary.bytes > 0 && (
          <span>{t(summary.resumable ? 'ended.kept' : 'ended.sent', { bytes: formatBytes(summary.bytes) })}</span>
        )}
      </div>
      {summary.error === null ? <p>{t(`ended.why.${summary.status}`)}</p> : <FailureCard failure={summary.error} />}
      <Card title={t('transfer.steps')} isFlush>
        <StepList detail={detail} />
      </Card>
      {detail.messages.length > 0 && (
        <Card title={t('transfer.messages')} isFlush>
          <Messages messages={detail.messages} />
        </Card>
      )}
    </Page>
  );
}
