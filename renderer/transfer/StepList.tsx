import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { say } from '../texts/engine/say.ts';
import { type Tone, ToneIcon } from '../ui/Mark.tsx';
import { unsaidDatasets } from '../wizard/effects.ts';
import styles from './StepList.module.css';

export const STATE_TONES = {
  waiting: 'waiting',
  begun: 'running',
  done: 'good',
  failed: 'bad',
} as const satisfies Record<string, Tone>;

/** The plan's steps with how far each is. */
export function StepList({ detail }: { readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const { plan, steps, summary } = detail;
  const unsaid = useMemo(() => unsaidDatasets(plan), [plan]);
  // What is cut off by the person or by Sluice's own end is no fault of the step's.
  const wasCut = summary.status === 'cancelled' || summary.status === 'interrupted';
  return (
    <ol>
      {steps.map((step, index) => {
        const planned = plan.steps[index];
        const dataset = planned === undefined ? null : unsaid(planned);
        const isCut = wasCut && step.state === 'failed';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the plan, and the plan does not change.
          <li key={index} className={styles.step} data-state={step.state}>
            <ToneIcon tone={isCut ? 'stopped' : STATE_TONES[step.state]} />
            <span className={styles.title}>
              {say(step.title)}
              {dataset !== null && <span className={styles.dataset}>{dataset}</span>}
            </span>
            <span className={styles.state}>{t(`transfer.states.${isCut ? 'stopped' : step.state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
