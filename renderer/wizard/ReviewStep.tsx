import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Commands } from './Commands.tsx';
import { Decisions } from './Decisions.tsx';
import { DraftLineage } from './DraftLineage.tsx';
import { EffectsTable } from './EffectsTable.tsx';
import { FindingCard } from './FindingCard.tsx';
import { Outcome } from './Outcome.tsx';
import styles from './ReviewStep.module.css';
import { StartBar } from './StartBar.tsx';
import { StreamTable } from './StreamTable.tsx';
import { useWizard } from './store.ts';
import { useLineage } from './use-lineage.ts';
import { usePlan } from './use-plan.ts';

const RANK = { blocks: 0, warns: 1, notes: 2 } as const;

export function ReviewStep() {
  const { t } = useTranslation();
  const draft = useWizard((wizard) => wizard.draft);
  const lineage = useLineage(draft);
  const planning = usePlan(draft);
  const { shown, made, failure } = planning;
  const plan = shown?.plan ?? null;
  const isStale = made === null;
  return (
    <>
      {failure !== null && (
        <FailureCard
          failure={failure}
          actions={
            <Button size="small" onPress={planning.again}>
              {t('ui.again')}
            </Button>
          }
        />
      )}
      {plan === null && failure === null && <Reading>{t('review.planning')}</Reading>}
      {plan !== null && (
        <div className={styles.plan} data-stale={isStale || undefined} aria-busy={isStale}>
          <Outcome plan={plan} isStale={isStale} />
          <Decisions options={draft.options} />
          {[...plan.findings]
            .sort((a, b) => RANK[a.severity] - RANK[b.severity])
            .map((finding) => (
              <FindingCard key={`${finding.code} ${finding.message}`} finding={finding} />
            ))}
          <DraftLineage lineage={lineage} />
          {plan.steps.length > 0 && <EffectsTable plan={plan} />}
          {plan.streams.length > 0 && <StreamTable plan={plan} />}
          {plan.choices.length > 0 && (
            <Card title={t('review.choices')}>
              <ul className={styles.choices}>
                {plan.choices.map((choice) => (
                  <li key={choice}>{choice}</li>
                ))}
                <li>{t(`review.route.${plan.route}`)}</li>
              </ul>
            </Card>
          )}
          <Commands plan={plan} />
        </div>
      )}
      <StartBar planning={planning} />
    </>
  );
}
