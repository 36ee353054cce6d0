import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatDuration } from '../ui/format.ts';
import styles from './RetryCard.module.css';
import { useNow } from './use-now.ts';

/** A passing fault: why, and when it is tried again. */
export function RetryCard({ retry }: { readonly retry: NonNullable<RunDetail['retry']> }) {
  const { t } = useTranslation();
  const now = useNow();
  const seconds = Math.max(0, Math.ceil((Date.parse(retry.until) - now) / 1000));
  return (
    <FailureCard
      tone="warn"
      failure={retry.error}
      actions={
        <span className={styles.words}>
          <strong>
            {seconds > 0 ? t('transfer.retryIn', { time: formatDuration(seconds) }) : t('transfer.retryNow')}
          </strong>
          <span>{t('transfer.attempt', { attempt: retry.attempt })}</span>
        </span>
      }
    />
  );
}
