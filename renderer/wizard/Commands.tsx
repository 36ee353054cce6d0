import { FileCode } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/plan.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { useHosts } from '../hosts/use-hosts.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Copy } from '../ui/Copy.tsx';
import { Details } from '../ui/Details.tsx';
import styles from './Commands.module.css';
import { ExportDialog } from './ExportDialog.tsx';
import { useTree } from './read.ts';

/** The exact commands, step by step. They are rendered from the same argument lists that run. */
export function Commands({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  const hosts = useHosts();
  const tree = useTree(plan.request.destination.host);
  const [isExporting, setIsExporting] = useState(false);
  const steps = plan.steps.filter(({ commands }) => commands.length > 0);
  if (steps.length === 0) return null;
  const all = steps
    .flatMap((step) => [
      `# ${say(step.title)}`,
      ...step.commands.map(({ host, argv }) => `# ${host}\n${showCommand(argv)}`),
    ])
    .join('\n');
  return (
    <Card
      title={t('review.commands')}
      aside={
        <>
          {plan.ready && hosts.data !== null && tree.data !== null && (
            <Button size="small" icon={<FileCode aria-hidden size={14} />} onPress={() => setIsExporting(true)}>
              {t('exportPlan.open')}
            </Button>
          )}
          <Copy text={all} what={t('review.commands')} />
        </>
      }
    >
      {isExporting && hosts.data !== null && tree.data !== null && (
        <ExportDialog plan={plan} hosts={hosts.data} there={tree.data.datasets} onClose={() => setIsExporting(false)} />
      )}
      <Details
        summary={t('review.commandCount', { count: steps.reduce((sum, { commands }) => sum + commands.length, 0) })}
      >
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two datasets of a package can have steps of the same words.
            <li key={index} className={styles.step}>
              <h3 className={styles.title}>{say(step.title)}</h3>
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
