import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/Field.tsx';
import styles from './HowStep.module.css';
import { limitFault, readLimit, showLimit } from './limit.ts';

/** Bytes per second that a limit begins with when it is switched on. */
export const DEFAULT_LIMIT = 50 * 1024 * 1024;

/** A rate in MiB/s; what cannot be read is said and not handed on. @param limit bytes per second */
export function LimitField({
  limit,
  onChange,
}: {
  readonly limit: number;
  readonly onChange: (limit: number) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => showLimit(limit));
  return (
    <Field
      label={t('how.limitField')}
      suffix={t('how.limitUnit')}
      value={text}
      onChange={(typed) => {
        setText(typed);
        const read = readLimit(typed);
        if (read !== null) onChange(read);
      }}
      fault={limitFault(text) ? t('how.limitFault') : null}
      className={styles.limit}
      inputMode="decimal"
    />
  );
}
