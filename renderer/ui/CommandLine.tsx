import { useTranslation } from 'react-i18next';
import { showCommand } from '../../shared/zfs/wire.ts';
import styles from './CommandLine.module.css';
import { Copy } from './Copy.tsx';

/** A command exactly as it runs, with its host where there are several, ready to be copied. */
export function CommandLine({ argv, host }: { readonly argv: readonly string[]; readonly host?: string }) {
  const { t } = useTranslation();
  const text = showCommand(argv);
  return (
    <div className={styles.line}>
      {host !== undefined && <span className={styles.host}>{host}</span>}
      <code className={styles.text}>{text}</code>
      <Copy text={text} what={t('ui.command')} />
    </div>
  );
}
