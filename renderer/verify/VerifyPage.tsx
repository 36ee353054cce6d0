import { GitCompareArrows } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type VerifyRequest, VerifyRequestSchema } from '../../shared/model/verify.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { classNames } from '../ui/class-names.ts';
import { Empty } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Page } from '../ui/Page.tsx';
import { Switch } from '../ui/Switch.tsx';
import { Comparing } from './Comparing.tsx';
import type { VerifyEnds } from './ends.ts';
import { useVerification } from './use-verification.ts';
import { VerdictView } from './VerdictView.tsx';
import styles from './VerifyPage.module.css';

/** Compares a dataset and its copy as they are now: every snapshot by its GUID and, if wished, every file. */
export function VerifyPage({ ends }: { readonly ends: VerifyEnds }) {
  const { t } = useTranslation();
  const { practice: isPractice } = useAppInfo();
  const [content, setContent] = useState(false);
  const request = useMemo<VerifyRequest | null>(() => {
    const parsed = VerifyRequestSchema.safeParse({
      source: { host: ends.sourceHost, dataset: ends.source, snapshot: null },
      destination: { host: ends.copyHost, dataset: ends.copy },
      content,
    });
    return parsed.success ? parsed.data : null;
  }, [ends, content]);
  const { state, start, cancel } = useVerification();
  if (request === null) {
    return (
      <Page title={t('verify.title')}>
        <Empty icon={<GitCompareArrows aria-hidden size={24} />} title={t('verify.unreadable')} />
      </Page>
    );
  }
  const isRunning = state.kind === 'running';
  return (
    <Page
      title={t('verify.title')}
      lead={t('verify.lead')}
      actions={
        isRunning ? (
          <Button onPress={cancel}>{t('verify.cancel')}</Button>
        ) : (
          <Button look="primary" icon={<GitCompareArrows aria-hidden size={15} />} onPress={() => start(request)}>
            {t(state.kind === 'idle' ? 'verify.start' : 'verify.again')}
          </Button>
        )
      }
    >
      <Card>
        <p className={classNames('mono', styles.ends)}>
          {ends.sourceHost}:{ends.source} <span aria-hidden>↔</span>
          <span className="visually-hidden"> {t('verify.with')} </span> {ends.copyHost}:{ends.copy}
        </p>
        <Switch title={t('verify.content')} isOn={content} onChange={setContent} isDisabled={isRunning || isPractice}>
          {t(isPractice ? 'verify.contentPractice' : 'verify.contentDetail')}
        </Switch>
      </Card>
      {state.kind === 'running' && <Comparing progress={state.progress} />}
      {state.kind === 'failed' && <FailureCard failure={state.failure} />}
      {state.kind === 'done' && <VerdictView verdict={state.verdict} />}
    </Page>
  );
}
