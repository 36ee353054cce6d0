import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { ImportList } from './ImportList.tsx';

export function ImportDialog({ onClose, onTaken }: { readonly onClose: () => void; readonly onTaken: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      isOpen
      title={t('importHosts.title')}
      onClose={onClose}
      footer={
        <Button autoFocus onPress={onClose}>
          {t('ui.close')}
        </Button>
      }
    >
      <p>{t('importHosts.lead')}</p>
      <ImportList onTaken={onTaken} />
    </Modal>
  );
}
