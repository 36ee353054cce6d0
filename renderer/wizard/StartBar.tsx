import { ArrowLeft, Play, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { outcomeOf } from './effects.ts';
import { dropKeptDraft } from './keep-draft.ts';
import { LossDialog } from './LossDialog.tsx';
import type { Planning } from './use-plan.ts';
import styles from './WizardPage.module.css';

const begin = (plan: string, confirmed: string | null) => sluice.runs.start({ plan, confirmed });

/** The last decision: start. With losses it asks by name first. */
export function StartBar({ planning }: { readonly planning: Planning }) {
  const { t } = useTranslation();
  const starting = useAction(begin);
  const [isAsking, setIsAsking] = useState(false);
  const { made } = planning;
  const outcome = made === null ? null : outcomeOf(made.plan);
  const start = async (confirmed: string | null) => {
    if (made === null) return;
    const started = await starting.run(made.id, confirmed);
    setIsAsking(false);
    if (started === null) return;
    dropKeptDraft();
    go({ page: 'run', run: started.run });
  };
  return (
    <>
      {starting.failure !== null && (
        <FailureCard
          failure={starting.failure}
          actions={
            <Button
              size="small"
              onPress={() => {
                starting.clear();
                planning.again();
              }}
            >
              {t('review.again')}
            </Button>
          }
        />
      )}
      <footer className={styles.reviewFooter}>
        <Button icon={<ArrowLeft aria-hidden size={16} />} onPress={() => go({ page: 'replicate', step: 'how' })}>
          {t('ui.back')}
        </Button>
        <span className={styles.why}>{t(`review.start.${outcome ?? 'planning'}`)}</span>
        <Button
          icon={<RefreshCw aria-hidden size={15} />}
          isDisabled={made === null && planning.failure === null}
          onPress={() => {
            starting.clear();
            planning.again();
          }}
        >
          {t('review.again')}
        </Button>
        {outcome === 'losses' ? (
          <Button look="danger" isDisabled={starting.busy} onPress={() => setIsAsking(true)}>
            {t('review.startWithLosses')}
          </Button>
        ) : (
          <Button
            look="primary"
            icon={<Play aria-hidden size={15} />}
            isDisabled={outcome !== 'ready' || starting.busy}
            onPress={() => void start(null)}
          >
            {t('review.startButton')}
          </Button>
        )}
      </footer>
      {isAsking && made !== null && (
        <LossDialog
          plan={made.plan}
          isBusy={starting.busy}
          onClose={() => setIsAsking(false)}
          onConfirm={(name) => void start(name)}
        />
      )}
    </>
  );
}
