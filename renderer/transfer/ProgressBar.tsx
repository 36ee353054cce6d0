import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../ui/format.ts';
import styles from './ProgressBar.module.css';
import type { Bar } from './progress-view.ts';

export function ProgressBar({ bar }: { readonly bar: Bar }) {
  const { t } = useTranslation();
  const { fraction } = bar;
  return (
    <AriaProgressBar
      aria-label={t('transfer.progress')}
      isIndeterminate={fraction === null}
      value={fraction ?? 0}
      maxValue={1}
      valueLabel={fraction === null ? '' : formatPercent(fraction)}
      className={styles.bar ?? ''}
    >
      <div
        className={styles.fill}
        data-unknown={fraction === null || undefined}
        style={fraction === null ? undefined : { width: `${fraction * 100}%` }}
      />
    </AriaProgressBar>
  );
}
