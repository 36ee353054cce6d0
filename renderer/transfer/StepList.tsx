import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { say } from '../texts/engine/say.ts';
import { ToneIcon } from '../ui/Mark.tsx';
import { unsaidDatasets } from '../wizard/effects.ts';
import styles from './StepList.module.css';
import { STATE_TONES, shownState } from './shown-state.ts';

/** The plan's steps with how far each is. */
export function StepList({ detail }: { readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const { plan, steps } = detail;
  const unsaid = useMemo(() => unsaidDatasets(plan), [plan]);
  return (
    <ol>
      {steps.map((step, index) => {
        const planned = plan.steps[index];
        const dataset = planned === undefined ? null : unsaid(planned);
        const state = shownState(step.state, step.kind === 'send-receive', detail);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the plan, and the plan does not change.
          <li key={index} className={styles.step} data-state={state}>
            <ToneIcon tone={STATE_TONES[state]} />
            <span className={styles.title}>
              {say(step.title)}
              {dataset !== null && <span className={styles.dataset}>{dataset}</span>}
            </span>
            <span className={styles.state}>{t(`transfer.states.${state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
