import { Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../shared/api/contract.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { Copy } from '../ui/Copy.tsx';
import styles from './CheckList.module.css';
import { fixHost, useChecks } from './checks.ts';

/** What makes a check pass: the exact command first, then the button that runs it, where Sluice can. */
export function FixList({ host, fixes }: { readonly host: string; readonly fixes: Check['fixes'] }) {
  const { t } = useTranslation();
  const isBusy = useChecks(({ byHost }) => byHost[host]?.isChecking === true);
  return (
    <ul className={styles.fixes}>
      {fixes.map((fix) => (
        <li key={fix.id} className={styles.fix}>
          <span className={styles.title}>{say(fix.label)}</span>
          <span className={styles.detail}>{t(`checks.where.${fix.where}`, { host })}</span>
          <div className={styles.command}>
            <pre className={styles.text}>{fix.command}</pre>
            <Copy text={fix.command} what={say(fix.label)} />
            {fix.canDo && (
              <Button
                size="small"
                look="primary"
                icon={<Wrench aria-hidden size={13} />}
                isDisabled={isBusy}
                aria-label={t('checks.fixWhat', { what: say(fix.label) })}
                onPress={() => void fixHost(host, fix.id)}
              >
                {t(fix.asksPassword ? 'checks.fixAsking' : 'checks.fix')}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
