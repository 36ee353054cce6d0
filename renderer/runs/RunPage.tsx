import { useTranslation } from 'react-i18next';
import { ReceiptView } from '../receipt/ReceiptView.tsx';
import { TransferView } from '../transfer/TransferView.tsx';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Page } from '../ui/Page.tsx';
import { EndedView } from './EndedView.tsx';
import { useRun } from './use-run.ts';
import { followRun } from './watch-run.ts';

/** One run: while it goes on the transfer, then its receipt, or what stopped it. */
export function RunPage({ run }: { readonly run: string }) {
  const { t } = useTranslation();
  const view = useRun(run);
  if (view?.detail == null) {
    return (
      <Page title={t('runs.one')}>
        {view?.failure == null ? (
          <Reading>{t('ui.reading')}</Reading>
        ) : (
          <FailureCard
            failure={view.failure}
            actions={
              <Button size="small" onPress={() => void followRun(run)}>
                {t('ui.again')}
              </Button>
            }
          />
        )}
      </Page>
    );
  }
  const { detail, samples, marks } = view;
  if (detail.summary.status === 'running') return <TransferView detail={detail} samples={samples} marks={marks} />;
  if (detail.receipt !== null && detail.summary.status === 'done') {
    return <ReceiptView receipt={detail.receipt} detail={detail} />;
  }
  return <EndedView detail={detail} />;
}
