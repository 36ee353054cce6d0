import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';

const reset = async (): Promise<true> => {
  await sluice.practice.reset();
  return true;
};

/** Asks before what was made on the practice hosts is gone. */
export function ResetDialog({ onClose, onReset }: { readonly onClose: () => void; readonly onReset: () => void }) {
  const { t } = useTranslation();
  const action = useAction(reset);
  const confirm = async () => {
    if ((await action.run()) !== null) onReset();
  };
  return (
    <Modal
      isAlert
      isOpen
      isBusy={action.busy}
      title={t('practice.resetTitle')}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus isDisabled={action.busy} onPress={onClose}>
            {t('practice.keep')}
          </Button>
          <Button look="danger" isDisabled={action.busy} onPress={() => void confirm()}>
            {t('practice.reset')}
          </Button>
        </>
      }
    >
      <p>{t('practice.resetBody')}</p>
      {action.failure !== null && <FailureCard failure={action.failure} />}
    </Modal>
  );
}
