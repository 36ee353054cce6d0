import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Host, SshAddress } from '../../shared/model/host.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { useAsked } from '../connection/use-asked.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';
import { KeyLine } from './KeyLine.tsx';
import styles from './KeyQuestion.module.css';
import { keyFile, keyWord } from './key-type.ts';
import { keyWords } from './key-words.ts';

const pin = (name: Host['name'], hostKey: NonNullable<Host['hostKey']>) =>
  sluice.hosts.edit({ name, changes: { hostKey } });

/** The saved key beside the one that the host shows now; pinning the new one is a deliberate act. */
export function ReplaceKeyDialog({
  host,
  address,
  onClose,
  onReplaced,
}: {
  readonly host: Host;
  readonly address: SshAddress;
  readonly onClose: () => void;
  readonly onReplaced: () => void;
}) {
  const { t } = useTranslation();
  const seen = useAsked(`hosts.seeKey ${host.name}`, () => sluice.hosts.seeKey({ address, jump: host.jump }));
  const pinning = useAction(pin);
  const now = seen.asking ? null : seen.data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what an earlier dialog saw is of no use.
  useEffect(() => seen.again(), []);
  const replace = async () => {
    if (now !== null && (await pinning.run(host.name, now.fingerprint)) !== null) onReplaced();
  };
  return (
    <Modal
      isAlert
      isOpen
      isBusy={pinning.busy}
      title={t('replaceKey.title', { name: host.name })}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus isDisabled={pinning.busy} onPress={onClose}>
            {t('replaceKey.keep')}
          </Button>
          <Button look="danger" isDisabled={now === null || pinning.busy} onPress={() => void replace()}>
            {t('replaceKey.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('replaceKey.why', { name: host.name })}</p>
      <KeyLine label={t('replaceKey.saved')} fingerprint={keyWords(t, host)} />
      {now === null && seen.failure === null && <Reading>{t('replaceKey.looking', { name: host.name })}</Reading>}
      {seen.failure !== null && <FailureCard failure={seen.failure} />}
      {now !== null && (
        <>
          <KeyLine label={t('replaceKey.now', { type: keyWord(now.type) })} fingerprint={now.fingerprint} />
          <div className={styles.compare}>
            <p>{t('hostKey.compare', { name: host.name })}</p>
            <CommandLine argv={['ssh-keygen', '-lf', keyFile(now.type)]} />
          </div>
        </>
      )}
      {pinning.failure !== null && <FailureCard failure={pinning.failure} />}
    </Modal>
  );
}
