import { ArrowRightLeft, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Host } from '../../shared/model/host.ts';
import { go } from '../app/route.ts';
import { AddHostDialog } from '../hosts/AddHostDialog.tsx';
import { ImportList } from '../hosts/ImportList.tsx';
import { StoryCards } from '../practice/StoryCards.tsx';
import { TryPractice } from '../practice/TryPractice.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import styles from './FirstSteps.module.css';

/** What the start page offers before anything was replicated: the way to a first copy, by what is there already. */
export function FirstSteps({
  hosts,
  isPractice,
  onHostAdded,
}: {
  readonly hosts: readonly Host[];
  readonly isPractice: boolean;
  readonly onHostAdded: () => void;
}) {
  const { t } = useTranslation();
  const [isAdding, setIsAdding] = useState(false);
  const hasHosts = hosts.length > 0;
  return (
    <>
      <section className={styles.hero}>
        <h2>{t(isPractice ? 'start.practiceTitle' : 'start.firstTitle')}</h2>
        <p className={styles.soft}>{t(isPractice ? 'start.practiceLead' : 'start.firstLead')}</p>
        <ol className={styles.steps}>
          {(['choose', 'see', 'prove'] as const).map((step, index) => (
            <li key={step}>
              <span className={styles.number} aria-hidden>
                {index + 1}
              </span>
              <span>
                <strong>{t(`start.steps.${step}.title`)}</strong>
                <span className={styles.soft}>{t(`start.steps.${step}.words`)}</span>
              </span>
            </li>
          ))}
        </ol>
        <div className={styles.actions}>
          {hasHosts && (
            <Button
              look="primary"
              icon={<ArrowRightLeft aria-hidden size={16} />}
              onPress={() => go({ page: 'replicate', step: 'source' })}
            >
              {t('hosts.replicate')}
            </Button>
          )}
          {!isPractice && (
            <Button
              look={hasHosts ? 'secondary' : 'primary'}
              icon={<Plus aria-hidden size={16} />}
              onPress={() => setIsAdding(true)}
            >
              {t('hosts.add')}
            </Button>
          )}
        </div>
        {!isPractice && <p className={styles.soft}>{t('hosts.emptyNeeds')}</p>}
      </section>
      {!isPractice && (
        <Card title={t('importHosts.title')}>
          <ImportList onTaken={onHostAdded} />
        </Card>
      )}
      {isPractice ? <StoryCards /> : <TryPractice />}
      {isAdding && (
        <AddHostDialog
          taken={hosts.map(({ name }) => name)}
          onClose={() => {
            setIsAdding(false);
            onHostAdded();
          }}
        />
      )}
    </>
  );
}
