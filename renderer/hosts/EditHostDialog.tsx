import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostChanges } from '../../shared/api/contract.ts';
import type { Host } from '../../shared/model/host.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';
import { Select } from '../ui/Select.tsx';
import { TextLines } from '../ui/TextLines.tsx';
import { AddressForm } from './AddressForm.tsx';
import { type HostEdit, readEdit, startEdit } from './host-changes.ts';
import type { HostFormFaults } from './host-form.ts';

const FORM = 'edit-host';
const edit = (name: string, changes: HostChanges) => sluice.hosts.edit({ name, changes });

/** Changes where a host is and how it is logged in to; its pinned key stays. */
export function EditHostDialog({
  host,
  others,
  onClose,
  onChanged,
}: {
  readonly host: Host;
  /** Names of the other hosts of the book. */
  readonly others: readonly string[];
  readonly onClose: () => void;
  readonly onChanged: (host: Host) => void;
}) {
  const { t } = useTranslation();
  const [form, setForm] = useState<HostEdit>(() => startEdit(host));
  const [faults, setFaults] = useState<HostFormFaults>({});
  const editing = useAction(edit);
  const save = async () => {
    const read = readEdit(form, host, others);
    setFaults(read.ok ? {} : read.error);
    if (!read.ok) return;
    const changed = await editing.run(host.name, read.value);
    if (changed !== null) onChanged(changed);
  };
  return (
    <Modal
      isOpen
      title={t('editHost.title', { name: host.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM} isDisabled={editing.busy}>
            {t('editHost.save')}
          </Button>
        </>
      }
    >
      <AddressForm
        id={FORM}
        form={form}
        faults={faults}
        onChange={(changed) => setForm({ ...form, ...changed })}
        onSubmit={() => void save()}
      />
      <Select
        label={t('editHost.jump')}
        choices={[{ id: '', label: t('editHost.noJump') }, ...others.map((name) => ({ id: name, label: name }))]}
        value={form.jump}
        onChange={(jump) => setForm({ ...form, jump })}
      />
      <TextLines
        label={t('editHost.notes')}
        hint={t('editHost.notesHint')}
        fault={null}
        value={form.notes}
        onChange={(notes) => setForm({ ...form, notes })}
      />
      {editing.failure !== null && <FailureCard failure={editing.failure} />}
    </Modal>
  );
}
