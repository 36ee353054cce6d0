import { Download, Printer, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Receipt, RunDetail } from '../../shared/model/run.ts';
import { go } from '../app/route.ts';
import { RunEnds } from '../runs/RunEnds.tsx';
import { Messages } from '../transfer/Messages.tsx';
import { StepList } from '../transfer/StepList.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Details } from '../ui/Details.tsx';
import { Page } from '../ui/Page.tsx';
import { saveText } from '../ui/save-text.ts';
import { sendChangesAgain } from '../wizard/draft.ts';
import { useWizard } from '../wizard/store.ts';
import { GuidTable } from './GuidTable.tsx';
import { PrintedReceipt } from './PrintedReceipt.tsx';
import { Proof } from './Proof.tsx';
import { ReceiptChecks } from './ReceiptChecks.tsx';
import { ReceiptCommands } from './ReceiptCommands.tsx';
import styles from './ReceiptView.module.css';
import { WhatNow } from './WhatNow.tsx';

/** The end of a run: what was proved, and what can be done now. */
export function ReceiptView({ receipt, detail }: { readonly receipt: Receipt; readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const { request } = detail.summary;
  const sendAgain = () => {
    change(() => sendChangesAgain(request));
    go({ page: 'replicate', step: 'review' });
  };
  const save = () => saveText(`sluice-receipt-${receipt.run}.json`, `${JSON.stringify(receipt, null, 2)}\n`);
  return (
    <Page
      title={t(receipt.proved ? 'receipt.title' : 'receipt.titleUnproved')}
      lead={<RunEnds request={request} />}
      actions={
        <>
          <Button icon={<Download aria-hidden size={15} />} onPress={save}>
            {t('receipt.save')}
          </Button>
          <Button icon={<Printer aria-hidden size={15} />} onPress={() => window.print()}>
            {t('receipt.print')}
          </Button>
          <Button look="primary" icon={<RefreshCw aria-hidden size={15} />} onPress={sendAgain}>
            {t('receipt.again')}
          </Button>
        </>
      }
    >
      <PrintedReceipt receipt={receipt} />
      <Proof receipt={receipt} />
      <div className={styles.columns}>
        <Card title={t('receipt.checks')} isFlush>
          <ReceiptChecks checks={receipt.checks} />
        </Card>
        <WhatNow receipt={receipt} detail={detail} />
      </div>
      {receipt.snapshots.length > 0 && <GuidTable snapshots={receipt.snapshots} request={request} />}
      {receipt.remarks.length > 0 && (
        <Card title={t('receipt.remarks')}>
          <ul className={styles.remarks}>
            {receipt.remarks.map((remark) => (
              <li key={`${remark.host} ${remark.text}`}>
                <strong>{remark.host}</strong> <code>{remark.text}</code>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <ReceiptCommands commands={receipt.commands} />
      <Card>
        <Details summary={t('receipt.steps', { count: detail.steps.length })}>
          <StepList detail={detail} />
        </Details>
        {detail.messages.length > 0 && (
          <Details summary={t('receipt.messages', { count: detail.messages.length })}>
            <Messages messages={detail.messages} />
          </Details>
        )}
      </Card>
    </Page>
  );
}
