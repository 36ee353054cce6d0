import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/plan.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { Card } from '../ui/Card.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Copy } from '../ui/Copy.tsx';
import { Details } from '../ui/Details.tsx';
import styles from './Commands.module.css';

/** The exact commands, step by step. They are rendered from the same argument lists that run. */
export function Commands({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  const steps = plan.steps.filter(({ commands }) => commands.length > 0);
  if (steps.length === 0) return null;
  const all = steps
    .flatMap((step) => [`# ${step.title}`, ...step.commands.map(({ host, argv }) => `# ${host}\n${showCommand(argv)}`)])
    .join('\n');
  return (
    <Card title={t('review.commands')} aside={<Copy text={all} what={t('review.commands')} />}>
      <Details
        summary={t('review.commandCount', { count: steps.reduce((sum, { commands }) => sum + commands.length, 0) })}
      >
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two datasets of a package can have steps of the same words.
            <li key={index} className={styles.step}>
              <h3 className={styles.title}>{step.title}</h3>
              {step.kind === 'send-receive' && <p className={styles.pipe}>{t('review.piped')}</p>}
              {step.commands.map(({ host, argv }) => (
                <CommandLine key={`${host} ${showCommand(argv)}`} host={host} argv={argv} />
              ))}
            </li>
          ))}
        </ol>
      </Details>
    </Card>
  );
}
