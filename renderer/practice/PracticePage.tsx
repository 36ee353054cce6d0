import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PracticeNameSchema } from '../../shared/model/practice.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { forgetCheck } from '../hosts/checks.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import { Part } from '../ui/Part.tsx';
import { AddOfficeButton } from './AddOfficeButton.tsx';
import { PracticeHostCard } from './PracticeHostCard.tsx';
import styles from './PracticePage.module.css';
import { ResetDialog } from './ResetDialog.tsx';
import { StoryCards } from './StoryCards.tsx';
import { TryPractice } from './TryPractice.tsx';
import { usePracticeHosts } from './use-practice.ts';

/** The practice hosts, or the way to them. */
export function PracticePage() {
  const { t } = useTranslation();
  const info = useAppInfo();
  if (info.practice) return <PracticeHosts />;
  return (
    <Page title={t('practice.none')} lead={t('practice.noneWords')}>
      <TryPractice />
    </Page>
  );
}

function PracticeHosts() {
  const { t } = useTranslation();
  const hosts = usePracticeHosts();
  const [isAsking, setIsAsking] = useState(false);
  const [isReset, setIsReset] = useState(false);
  const change = () => {
    setIsReset(false);
    hosts.again();
  };
  const afterReset = () => {
    setIsAsking(false);
    for (const { host } of hosts.data ?? []) forgetCheck(host);
    announce(t('practice.resetDone'));
    hosts.again();
    setIsReset(true);
  };
  return (
    <Page
      title={t('practice.title')}
      lead={t('practice.lead')}
      actions={
        <Button icon={<RotateCcw aria-hidden size={15} />} onPress={() => setIsAsking(true)}>
          {t('practice.reset')}
        </Button>
      }
    >
      {isReset && <Mark tone="good">{t('practice.resetDone')}</Mark>}
      <Part title={t('practice.hosts')}>
        {hosts.failure !== null && <FailureCard failure={hosts.failure} />}
        {hosts.data === null && hosts.failure === null && <Reading>{t('ui.reading')}</Reading>}
        {hosts.data !== null && (
          <ul className={styles.cards}>
            {hosts.data.map((state) => (
              <PracticeHostCard key={state.host} state={state} onChanged={change} />
            ))}
            {hosts.data.length < PracticeNameSchema.options.length && (
              <li className={styles.third}>
                <h3>{t('practice.addTitle')}</h3>
                <p className={styles.soft}>{t('practice.about.office')}</p>
                <AddOfficeButton />
              </li>
            )}
          </ul>
        )}
        <p className={styles.soft}>{t('practice.dialectNote')}</p>
      </Part>
      <StoryCards />
      {isAsking && <ResetDialog onClose={() => setIsAsking(false)} onReset={afterReset} />}
    </Page>
  );
}
