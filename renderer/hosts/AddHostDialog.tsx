/** Adding a host in three calm steps: where it is, is this its key, can it do what is needed. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewHost } from '../../shared/api/contract.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';
import { AddressForm } from './AddressForm.tsx';
import { checkHost } from './checks.ts';
import { type HostForm, type HostFormFaults, readForm, startForm } from './host-form.ts';
import { KeyQuestion, type SeenKey } from './KeyQuestion.tsx';
import { NewHostChecks } from './NewHostChecks.tsx';

type Stage =
  | { readonly at: 'address' }
  | { readonly at: 'key'; readonly host: NewHost; readonly key: SeenKey }
  | { readonly at: 'checks'; readonly name: string };

const seeKey = (address: NewHost['address']) => sluice.hosts.seeKey({ address });
const trust = (host: NewHost, key: SeenKey) => sluice.hosts.add({ ...host, hostKey: key.fingerprint });

export function AddHostDialog({ taken, onClose }: { readonly taken: readonly string[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const info = useAppInfo();
  const [form, setForm] = useState<HostForm>(() => startForm(info.agent));
  const [faults, setFaults] = useState<HostFormFaults>({});
  const [stage, setStage] = useState<Stage>({ at: 'address' });
  const seeing = useAction(seeKey);
  const adding = useAction(trust);

  const connect = async () => {
    const read = readForm(form, taken);
    setFaults(read.ok ? {} : read.error);
    if (!read.ok) return;
    const key = await seeing.run(read.value.address);
    if (key !== null) setStage({ at: 'key', host: read.value, key });
  };
  const add = async (host: NewHost, key: SeenKey) => {
    const added = await adding.run(host, key);
    if (added === null) return;
    setStage({ at: 'checks', name: added.name });
    void checkHost(added.name);
  };

  switch (stage.at) {
    case 'address':
      return (
        <Modal
          key="address"
          isOpen
          title={t('addHost.title')}
          onClose={onClose}
          footer={
            <>
              <Button onPress={onClose}>{t('ui.cancel')}</Button>
              <Button look="primary" type="submit" form={FORM} isDisabled={seeing.busy}>
                {seeing.busy ? t('addHost.connecting') : t('addHost.connect')}
              </Button>
            </>
          }
        >
          <AddressForm id={FORM} form={form} faults={faults} onChange={setForm} onSubmit={() => void connect()} />
          {seeing.failure !== null && <FailureCard failure={seeing.failure} />}
        </Modal>
      );
    case 'key':
      return (
        // A dialog of its own, so that the focus goes to its safe button.
        <Modal
          key="key"
          isOpen
          isAlert
          title={t('hostKey.title', { name: stage.host.name })}
          onClose={onClose}
          footer={
            <>
              <Button
                autoFocus
                onPress={() => {
                  adding.clear();
                  setStage({ at: 'address' });
                }}
              >
                {t('ui.back')}
              </Button>
              <Button look="primary" isDisabled={adding.busy} onPress={() => void add(stage.host, stage.key)}>
                {t('hostKey.trust')}
              </Button>
            </>
          }
        >
          <KeyQuestion name={stage.host.name} address={stage.host.address} seen={stage.key} />
          {adding.failure !== null && <FailureCard failure={adding.failure} />}
        </Modal>
      );
    case 'checks':
      return <NewHostChecks name={stage.name} onClose={onClose} />;
  }
}

const FORM = 'add-host';
