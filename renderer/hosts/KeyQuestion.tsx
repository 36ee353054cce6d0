import { useTranslation } from 'react-i18next';
import type { Known } from '../../shared/api/contract.ts';
import { describeAddress, type SshAddress } from '../../shared/model/host.ts';
import { CommandLine } from '../ui/CommandLine.tsx';
import { Copy } from '../ui/Copy.tsx';
import { Mark } from '../ui/Mark.tsx';
import { KeyLine } from './KeyLine.tsx';
import styles from './KeyQuestion.module.css';
import { keyFile, keyWord } from './key-type.ts';

export interface SeenKey {
  /** The algorithm as SSH names it, e.g. `ssh-ed25519`. */
  readonly type: string;
  readonly fingerprint: string;
  /** What the user's own ~/.ssh/known_hosts says of it. */
  readonly known?: Known;
}

/** The first sight of a host's key: what it is and how to compare it with the host's own. */
export function KeyQuestion({
  name,
  address,
  seen,
}: {
  readonly name: string;
  readonly address: SshAddress;
  readonly seen: SeenKey;
}) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('hostKey.first', { name, address: describeAddress(address) })}</p>
      <KeyLine label={t('hostKey.key', { type: keyWord(seen.type) })} fingerprint={seen.fingerprint}>
        <Copy text={seen.fingerprint} what={t('hostKey.fingerprint')} />
      </KeyLine>
      {seen.known !== undefined && seen.known.state !== 'unknown' && (
        <Mark tone={seen.known.state === 'known' ? 'good' : seen.known.state === 'unreadable' ? 'note' : 'bad'}>
          {t(`hostKey.known.${seen.known.state}`, { file: seen.known.file })}
        </Mark>
      )}
      <div className={styles.compare}>
        <p>{t('hostKey.compare', { name })}</p>
        <CommandLine argv={['ssh-keygen', '-lf', keyFile(seen.type)]} />
      </div>
      <p className={styles.soft}>{t('hostKey.why', { name })}</p>
    </>
  );
}
