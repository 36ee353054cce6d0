import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Copy } from '../ui/Copy.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import styles from './TryPractice.module.css';

const open = () => sluice.practice.open();

/** For who has no hosts yet, or wants to risk nothing: practice hosts in a window of their own. */
export function TryPractice() {
  const { t } = useTranslation();
  const opening = useAction(open);
  const [opened, setOpened] = useState<{ readonly address: string | null } | null>(null);
  const press = async () => {
    const answer = await opening.run();
    setOpened(answer);
    if (answer?.address != null) window.open(answer.address, '_blank', 'noopener');
  };
  return (
    <section className={styles.practice} aria-label={t('practice.tryTitle')}>
      <FlaskConical aria-hidden size={18} />
      <div className={styles.words}>
        <h2>{t('practice.tryTitle')}</h2>
        <p className={styles.soft}>{t('practice.tryWords')}</p>
        <div>
          <Button isDisabled={opening.busy} onPress={() => void press()}>
            {t('practice.try')}
          </Button>
        </div>
        {opening.failure !== null && <FailureCard failure={opening.failure} />}
        <div aria-live="polite">
          {opened !== null && <p>{t(opened.address === null ? 'practice.opened' : 'practice.openedTab')}</p>}
          {opened?.address != null && (
            <p className={styles.address}>
              <code>{opened.address}</code>
              <Copy text={opened.address} what={t('practice.address')} />
            </p>
          )}
        </div>
        <p className={styles.soft}>{t('practice.tryCommand')}</p>
        <CommandLine argv={['npm', 'start', '--', '--practice']} />
      </div>
    </section>
  );
}
