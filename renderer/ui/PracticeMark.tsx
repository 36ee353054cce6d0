import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './PracticeMark.module.css';

/** Marks what lives inside the application only. */
export function PracticeMark() {
  const { t } = useTranslation();
  return (
    <span className={styles.mark}>
      <FlaskConical aria-hidden size={12} strokeWidth={2} />
      {t('practice.word')}
    </span>
  );
}
