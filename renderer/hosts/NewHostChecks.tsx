import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';
import { CheckList } from './CheckList.tsx';
import { checkHost, useChecks } from './checks.ts';
import { verdict } from './verdict.ts';

/** The last step of adding a host: what was found there. The host is in the book already, whatever this says. */
export function NewHostChecks({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const check = useChecks(({ byHost }) => byHost[name]);
  const isChecking = check === undefined || check.isChecking;
  const isFine = !isChecking && check.failure === null && verdict(check.checks) !== 'blocks';
  return (
    <Modal
      isOpen
      title={t('addHost.addedTitle', { name })}
      onClose={onClose}
      footer={
        <>
          {!isChecking && !isFine && <Button onPress={() => void checkHost(name)}>{t('hosts.checkAgain')}</Button>}
          {isFine && (
            <Button
              onPress={() => {
                onClose();
                go({ page: 'replicate', step: 'source' });
              }}
            >
              {t('hosts.replicate')}
            </Button>
          )}
          <Button look="primary" autoFocus onPress={onClose}>
            {t('ui.done')}
          </Button>
        </>
      }
    >
      {isChecking && <Reading>{t('addHost.checking', { name })}</Reading>}
      {!isChecking && check.failure !== null && <FailureCard failure={check.failure} />}
      {!isChecking && check.failure === null && <p>{t(isFine ? 'addHost.fine' : 'addHost.blocked', { name })}</p>}
      {check !== undefined && check.checks.length > 0 && <CheckList checks={check.checks} host={name} />}
    </Modal>
  );
}
