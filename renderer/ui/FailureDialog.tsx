import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/model/failure.ts';
import { Button } from './Button.tsx';
import { FailureCard } from './FailureCard.tsx';
import { Modal } from './Modal.tsx';

/** What failed at the press of a button that has no room beside it. */
export function FailureDialog({
  title,
  failure,
  onClose,
}: {
  readonly title: string;
  readonly failure: Failure;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      isOpen
      title={title}
      onClose={onClose}
      footer={
        <Button autoFocus onPress={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <FailureCard failure={failure} />
    </Modal>
  );
}
