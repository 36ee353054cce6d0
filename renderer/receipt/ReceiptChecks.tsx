import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../shared/model/run.ts';
import { say } from '../texts/engine/say.ts';
import { Mark } from '../ui/Mark.tsx';
import styles from './ReceiptChecks.module.css';

export function ReceiptChecks({ checks }: { readonly checks: Receipt['checks'] }) {
  const { t } = useTranslation();
  return (
    <ul>
      {checks.map((check) => (
        <li key={`${check.code} ${check.sentence}`} className={styles.check}>
          <Mark tone={check.holds ? 'good' : 'bad'} look="plain">
            {t(check.holds ? 'receipt.holds' : 'receipt.fails')}
          </Mark>
          <span>{say(check.sentence)}</span>
        </li>
      ))}
    </ul>
  );
}
