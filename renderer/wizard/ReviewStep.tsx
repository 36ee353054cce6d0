import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../texts/engine/say.ts';
import { Card } from '../ui/Card.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { Commands } from './Commands.tsx';
import { Decisions } from './Decisions.tsx';
import { DraftLineage } from './DraftLineage.tsx';
import { EffectsTable } from './EffectsTable.tsx';
import { Findings } from './Findings.tsx';
import { MembersTable } from './MembersTable.tsx';
import { Outcome } from './Outcome.tsx';
import styles from './ReviewStep.module.css';
import { StartBar } from './StartBar.tsx';
import { StreamTable } from './StreamTable.tsx';
import { useWizard } from './store.ts';
import { useLineage } from './use-lineage.ts';
import { usePlan } from './use-plan.ts';

export function ReviewStep() {
  const { t } = useTranslation();
  const draft = useWizard((wizard) => wizard.draft);
  const lineage = useLineage(draft);
  const planning = usePlan(draft);
  const { shown, made, failure } = planning;
  // With its picture, which would push the rest down if it came after it.
  const plan = shown === null || (shown.plan.members.length < 2 && lineage.waitsFor !== null) ? null : shown.plan;
  const isStale = made === null;
  const isPackage = plan !== null && plan.members.length > 1;
  const [chosen, setMember] = useState<string | null>(null);
  const member = plan?.members.some(({ source }) => source === chosen) === true ? chosen : null;
  const { heading, look } = useLookAtOutcome(plan !== null && !isStale);
  const again = () => {
    look();
    planning.again();
  };
  return (
    <>
      {failure !== null && <FailureAgain failure={failure} onAgain={planning.again} />}
      {plan === null && failure === null && <Reading>{t('review.planning')}</Reading>}
      {plan !== null && (
        <div className={styles.plan} data-stale={isStale || undefined} aria-busy={isStale}>
          <Outcome plan={plan} isStale={isStale} heading={heading} />
          <Decisions options={draft.options} onPress={look} />
          <Findings plan={plan} id={made?.id ?? null} onPress={look} onDone={again} />
          {!isPackage && <DraftLineage lineage={lineage} />}
          {isPackage && <MembersTable plan={plan} selected={member} onSelect={setMember} />}
          {plan.steps.length > 0 && <EffectsTable plan={plan} />}
          {plan.streams.length > 0 && <StreamTable plan={plan} source={member} onAll={() => setMember(null)} />}
          {plan.choices.length > 0 && (
            <Card title={t('review.choices')}>
              <ul className={styles.choices}>
                {[...plan.choices, ...plan.travel].map((choice) => (
                  <li key={choice}>{say(choice)}</li>
                ))}
                <li>{t(`review.route.${plan.route}`)}</li>
              </ul>
            </Card>
          )}
          <Commands plan={plan} />
        </div>
      )}
      <StartBar planning={plan === null ? { ...planning, made: null } : planning} />
    </>
  );
}

/**
 * What is pressed to solve something is gone once it is solved; the focus then goes to the outcome, also where that is drawn
 * only when the new plan is there.
 *
 * @param isDrawn whether the outcome of the newest draft is on the page
 */
function useLookAtOutcome(isDrawn: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isAwaited = useRef(false);
  useEffect(() => {
    if (isDrawn && isAwaited.current && document.activeElement === document.body) heading.current?.focus();
    if (isDrawn) isAwaited.current = false;
  }, [isDrawn]);
  const look = () => {
    isAwaited.current = true;
    heading.current?.focus();
  };
  return { heading, look };
}
