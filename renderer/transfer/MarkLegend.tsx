import { useTranslation } from 'react-i18next';
import type { Mark } from '../runs/marks.ts';
import styles from './MarkLegend.module.css';

const KINDS = ['snapshot', 'retry', 'pause'] as const;

/** What the upright and dashed lines of the chart mean, as far as there are any. */
export function MarkLegend({ marks, hasLimit }: { readonly marks: readonly Mark[]; readonly hasLimit: boolean }) {
  const { t } = useTranslation();
  const kinds = KINDS.filter((kind) => marks.some((mark) => mark.kind === kind));
  if (kinds.length === 0 && !hasLimit) return null;
  return (
    <ul className={styles.legend}>
      {hasLimit && (
        <li>
          <span className={styles.line} data-kind="limit" aria-hidden />
          {t('chart.limit')}
        </li>
      )}
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={styles.line} data-kind={kind} aria-hidden />
          {t(`chart.marks.${kind}`, { count: marks.filter((mark) => mark.kind === kind).length })}
        </li>
      ))}
    </ul>
  );
}
