import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { go, WIZARD_STEPS, type WizardStep } from '../app/route.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { PracticeMark } from '../ui/PracticeMark.tsx';
import { DestinationStep } from './DestinationStep.tsx';
import { missingStep } from './draft.ts';
import { HowStep } from './HowStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { SnapshotStep } from './SnapshotStep.tsx';
import { SourceStep } from './SourceStep.tsx';
import { StepRail } from './StepRail.tsx';
import { isOpen } from './steps.ts';
import { useWizard } from './store.ts';
import styles from './WizardPage.module.css';

const STEPS = {
  source: SourceStep,
  snapshot: SnapshotStep,
  destination: DestinationStep,
  how: HowStep,
  review: ReviewStep,
} as const satisfies Record<WizardStep, () => React.ReactNode>;

export function WizardPage({ step }: { readonly step: WizardStep }) {
  const { t } = useTranslation();
  const info = useAppInfo();
  const draft = useWizard((wizard) => wizard.draft);
  const missing = missingStep(draft);
  const isHere = isOpen(step, missing);

  // An address can name a step that cannot be shown yet.
  useEffect(() => {
    if (!isHere && missing !== null) go({ page: 'replicate', step: missing });
  }, [isHere, missing]);
  useEffect(() => {
    document.title = t(`steps.${step}.title`);
  }, [t, step]);
  useEffect(() => {
    if (!isHere) return;
    const number = WIZARD_STEPS.indexOf(step) + 1;
    announce(t('steps.said', { number, all: WIZARD_STEPS.length, title: t(`steps.${step}.title`) }));
  }, [t, step, isHere]);
  if (!isHere) return null;

  const Step = STEPS[step];
  const index = WIZARD_STEPS.indexOf(step);
  const before = WIZARD_STEPS[index - 1];
  const after = WIZARD_STEPS[index + 1];
  const canGoOn = after !== undefined && isOpen(after, missing);
  return (
    <div className={styles.wizard}>
      <StepRail current={step} />
      <div className={styles.page}>
        <div className={styles.content}>
          <header className={styles.header}>
            <h1 className={styles.title}>
              {t(`steps.${step}.title`)}
              {info.practice && <PracticeMark />}
            </h1>
            <p className={styles.lead}>{t(`steps.${step}.lead`)}</p>
          </header>
          <Step key={step} />
        </div>
        {step !== 'review' && (
          <footer className={styles.footer}>
            {before !== undefined && (
              <Button
                icon={<ArrowLeft aria-hidden size={16} />}
                onPress={() => go({ page: 'replicate', step: before })}
              >
                {t('ui.back')}
              </Button>
            )}
            <span className={styles.why}>{canGoOn ? '' : t(`steps.${step}.missing`)}</span>
            {after !== undefined && (
              <Button look="primary" isDisabled={!canGoOn} onPress={() => go({ page: 'replicate', step: after })}>
                {t('ui.next')}
                <ArrowRight aria-hidden size={16} />
              </Button>
            )}
          </footer>
        )}
      </div>
    </div>
  );
}
