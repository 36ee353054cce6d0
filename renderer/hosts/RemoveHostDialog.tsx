import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';
import { forgetCheck } from './checks.ts';

const remove = async (name: string): Promise<true> => {
  await sluice.hosts.remove({ name });
  forgetCheck(name);
  return true;
};

export function RemoveHostDialog({
  name,
  onClose,
  onRemoved,
}: {
  readonly name: string;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const { t } = useTranslation();
  const action = useAction(remove);
  const confirm = async () => {
    if (await action.run(name)) onRemoved();
  };
  return (
    <Modal
      isAlert
      isOpen
      isBusy={action.busy}
      title={t('hosts.removeTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus isDisabled={action.busy} onPress={onClose}>
            {t('hosts.keep')}
          </Button>
          <Button look="danger" isDisabled={action.busy} onPress={() => void confirm()}>
            {t('hosts.removeButton', { name })}
          </Button>
        </>
      }
    >
      <p>{t('hosts.removeBody', { name })}</p>
      {action.failure !== null && <FailureCard failure={action.failure} />}
    </Modal>
  );
}
