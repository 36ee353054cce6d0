import { useTranslation } from 'react-i18next';
import styles from '../hosts/KeyQuestion.module.css';
import { keyWord } from '../hosts/key-type.ts';
import type { ComparedKeys } from './way-out.ts';

/** The key that is saved and the one that was shown, to be compared by eye. */
export function FailureKeys({ keys: { saved, shown } }: { readonly keys: ComparedKeys }) {
  const { t } = useTranslation();
  return (
    <>
      {saved.map(({ fingerprint }) => (
        <div key={fingerprint} className={styles.key}>
          <span className={styles.type}>{t('failure.savedKey')}</span>
          <code className={styles.fingerprint}>{fingerprint}</code>
        </div>
      ))}
      {shown.map(({ fingerprint, type }) => (
        <div key={fingerprint} className={styles.key}>
          <span className={styles.type}>
            {type === null ? t('failure.shownKey') : t('failure.shownKeyOf', { type: keyWord(type) })}
          </span>
          <code className={styles.fingerprint}>{fingerprint}</code>
        </div>
      ))}
    </>
  );
}
