import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { say } from '../texts/engine/say.ts';
import { type Tone, ToneIcon } from '../ui/Mark.tsx';
import styles from './StepList.module.css';

export const STATE_TONES = {
  waiting: 'waiting',
  begun: 'running',
  done: 'good',
  failed: 'bad',
} as const satisfies Record<string, Tone>;

/** The plan's steps with how far each is. */
export function StepList({ steps }: { readonly steps: RunDetail['steps'] }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.list}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the plan, and the plan does not change.
        <li key={index} className={styles.step} data-state={step.state}>
          <ToneIcon tone={STATE_TONES[step.state]} />
          <span className={styles.title}>{say(step.title)}</span>
          <span className={styles.state}>{t(`transfer.states.${step.state}`)}</span>
        </li>
      ))}
    </ol>
  );
}
