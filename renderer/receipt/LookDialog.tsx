import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './LookDialog.module.css';
import { lookInside } from './look-inside.ts';

/** How to look into a copy without changing it: a clone beside it, read-only, and how to be rid of it. For a person to run. */
export function LookDialog({
  host,
  snapshot,
  onClose,
}: {
  readonly host: string;
  readonly snapshot: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { open, close, mountpoint } = lookInside(snapshot);
  return (
    <Modal
      isOpen
      size="wide"
      title={t('lookInside.title')}
      onClose={onClose}
      footer={
        <Button look="primary" autoFocus onPress={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <div className={styles.parts}>
        <p>{t('lookInside.lead', { host })}</p>
        <div>
          <p>{t('lookInside.first', { mountpoint })}</p>
          <CommandLine host={host} argv={open} />
        </div>
        <div>
          <p>{t('lookInside.last')}</p>
          <CommandLine host={host} argv={close} />
        </div>
        <p className={styles.soft}>{t('lookInside.encrypted')}</p>
      </div>
    </Modal>
  );
}
