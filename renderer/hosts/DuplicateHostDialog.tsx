import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Host, HostNameSchema } from '../../shared/model/host.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Field } from '../ui/Field.tsx';
import { Modal } from '../ui/Modal.tsx';

const duplicate = (name: string, as: string) => sluice.hosts.duplicate({ name, as });

/** A second entry for a host, to be changed afterwards: another user, another way of getting rights. */
export function DuplicateHostDialog({
  name,
  taken,
  onClose,
  onMade,
}: {
  readonly name: string;
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onMade: (host: Host) => void;
}) {
  const { t } = useTranslation();
  const [as, setAs] = useState(`${name}-2`);
  const action = useAction(duplicate);
  const fault = !HostNameSchema.safeParse(as).success ? 'form' : taken.includes(as) ? 'taken' : null;
  const make = async () => {
    const made = await action.run(name, as);
    if (made !== null) onMade(made);
  };
  return (
    <Modal
      isOpen
      title={t('editHost.duplicateTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button look="primary" isDisabled={fault !== null || action.busy} onPress={() => void make()}>
            {t('editHost.duplicate')}
          </Button>
        </>
      }
    >
      <Field
        label={t('addHost.name')}
        value={as}
        onChange={setAs}
        fault={fault === null ? null : t(`addHost.faults.name.${fault}`)}
        autoFocus
      />
      {action.failure !== null && <FailureCard failure={action.failure} />}
    </Modal>
  );
}
