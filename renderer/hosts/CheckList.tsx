import { useTranslation } from 'react-i18next';
import type { Check } from '../../shared/api/contract.ts';
import { say } from '../texts/engine/say.ts';
import { ToneIcon } from '../ui/Mark.tsx';
import styles from './CheckList.module.css';
import { FixList } from './FixList.tsx';
import { TONES } from './verdict.ts';

/** What was looked at on a host and how it stands, most serious first. */
export function CheckList({
  checks,
  host,
}: {
  readonly checks: readonly Check[];
  /** The host's name where its fixes shall be offered. */
  readonly host?: string;
}) {
  const { t } = useTranslation();
  const rank = { blocks: 0, warns: 1, notes: 2, ok: 3 } as const;
  const sorted = [...checks].sort((a, b) => rank[a.state] - rank[b.state]);
  return (
    <ul className={styles.list}>
      {sorted.map((check) => (
        <li key={`${check.code} ${check.title}`} className={styles.check}>
          <ToneIcon tone={TONES[check.state]} />
          <span className={styles.state} data-state={check.state}>
            {t(`checks.${check.state}`)}
          </span>
          <span className={styles.words}>
            <span className={styles.title}>{say(check.title)}</span>
            {check.detail !== '' && <span className={styles.detail}>{say(check.detail)}</span>}
            {host !== undefined && check.fixes.length > 0 && <FixList host={host} fixes={check.fixes} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
