import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatBytes } from '../ui/format.ts';
import { Modal } from '../ui/Modal.tsx';

const cancel = async (run: string): Promise<true> => {
  await sluice.runs.cancel({ run });
  return true;
};

/** Asks before a transfer is ended, and says what stays. */
export function CancelDialog({
  run,
  bytes,
  onClose,
}: {
  readonly run: string;
  readonly bytes: number | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const action = useAction(cancel);
  const confirm = async () => {
    if (await action.run(run)) onClose();
  };
  return (
    <Modal
      isAlert
      isOpen
      isBusy={action.busy}
      title={t('cancel.title')}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus isDisabled={action.busy} onPress={onClose}>
            {t('cancel.goOn')}
          </Button>
          <Button look="danger" isDisabled={action.busy} onPress={() => void confirm()}>
            {t('cancel.confirm')}
          </Button>
        </>
      }
    >
      <p>{bytes === null || bytes === 0 ? t('cancel.nothingYet') : t('cancel.kept', { bytes: formatBytes(bytes) })}</p>
      <p>{t('cancel.source')}</p>
      {action.failure !== null && <FailureCard failure={action.failure} />}
    </Modal>
  );
}
