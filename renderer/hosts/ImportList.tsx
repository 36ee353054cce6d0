import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Importable } from '../../shared/api/contract.ts';
import { describeAddress } from '../../shared/model/host.ts';
import { go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { useAsked } from '../connection/use-asked.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Mark } from '../ui/Mark.tsx';
import styles from './ImportList.module.css';

const take = ({ alias, name }: Importable) => sluice.hosts.import({ alias, name });

/** The hosts that ~/.ssh/config names, each to be taken over by a button. */
export function ImportList({ onTaken }: { readonly onTaken: () => void }) {
  const { t } = useTranslation();
  const found = useAsked('hosts.importable', () => sluice.hosts.importable());
  const taking = useAction(take);
  const press = async (host: Importable) => {
    const taken = await taking.run(host);
    const last = taken?.at(-1);
    if (last === undefined) return;
    onTaken();
    go({ page: 'host', host: last.name });
  };
  if (found.failure !== null) return <FailureCard failure={found.failure} />;
  if (found.data === null) return <Reading>{t('ui.reading')}</Reading>;
  const { file, hosts, faults } = found.data;
  return (
    <>
      {hosts.length === 0 && <p className={styles.soft}>{t('importHosts.none', { file })}</p>}
      {taking.failure !== null && <FailureCard failure={taking.failure} />}
      <ul className={styles.list}>
        {hosts.map((host) => (
          <li key={host.alias} className={styles.host}>
            <span className={styles.words}>
              <strong>{host.alias}</strong>
              <span className={styles.address}>{describeAddress(host.address)}</span>
              {host.jumps.length > 0 && (
                <span className={styles.soft}>{t('importHosts.through', { jumps: host.jumps.join(', ') })}</span>
              )}
              {host.remarks.map((remark) => (
                <span key={remark} className={styles.soft}>
                  {say(remark)}
                </span>
              ))}
            </span>
            {host.present === null ? (
              <Button
                size="small"
                icon={<Download aria-hidden size={14} />}
                isDisabled={taking.busy}
                aria-label={t('importHosts.takeWhich', { name: host.alias })}
                onPress={() => void press(host)}
              >
                {t('importHosts.take')}
              </Button>
            ) : (
              <Mark tone="good">{t('importHosts.present', { name: host.present })}</Mark>
            )}
          </li>
        ))}
      </ul>
      {faults.map((fault) => (
        <Mark key={fault} tone="warn" look="plain">
          {fault}
        </Mark>
      ))}
    </>
  );
}
