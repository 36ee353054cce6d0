import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ReceiptView } from '../receipt/ReceiptView.tsx';
import { TransferView } from '../transfer/TransferView.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { Page } from '../ui/Page.tsx';
import { EndedView } from './EndedView.tsx';
import { useRun } from './use-run.ts';
import { followRun } from './watch-run.ts';

/** One run: while it goes on the transfer, then its receipt, or what stopped it. */
export function RunPage({ run }: { readonly run: string }) {
  const { t } = useTranslation();
  const view = useRun(run);
  useFocusAtTheEnd(view?.detail?.summary.status === 'running');
  if (view?.detail == null) {
    return (
      <Page title={t('runs.one')}>
        {view?.failure == null ? (
          <Reading>{t('ui.reading')}</Reading>
        ) : (
          <FailureAgain failure={view.failure} onAgain={() => void followRun(run)} />
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

/** The buttons of a run under way are gone when it ends: what had the focus hands it to the heading of what came out. */
function useFocusAtTheEnd(isRunning: boolean): void {
  const wasRunning = useRef(false);
  useEffect(() => {
    const isLost = wasRunning.current && !isRunning && document.activeElement === document.body;
    if (isLost) document.querySelector<HTMLElement>('main h1')?.focus();
    wasRunning.current = isRunning;
  }, [isRunning]);
}
