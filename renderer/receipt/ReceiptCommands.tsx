import { useTranslation } from 'react-i18next';
import type { Command } from '../../shared/model/plan.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { Card } from '../ui/Card.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Copy } from '../ui/Copy.tsx';
import { Details } from '../ui/Details.tsx';
import styles from './ReceiptCommands.module.css';

/** What ran, in its order. */
export function ReceiptCommands({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation();
  if (commands.length === 0) return null;
  const all = commands.map(({ host, argv }) => `# ${host}\n${showCommand(argv)}`).join('\n');
  return (
    <Card title={t('receipt.commands')} aside={<Copy text={all} what={t('receipt.commands')} />}>
      <Details summary={t('receipt.commandCount', { count: commands.length })}>
        <ol className={styles.list}>
          {commands.map(({ host, argv }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same command can run twice; its place tells it apart.
            <li key={index}>
              <CommandLine host={host} argv={argv} />
            </li>
          ))}
        </ol>
      </Details>
    </Card>
  );
}
