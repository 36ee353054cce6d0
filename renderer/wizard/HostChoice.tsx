import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeAddress } from '../../shared/model/host.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { AddHostDialog } from '../hosts/AddHostDialog.tsx';
import { useHosts } from '../hosts/use-hosts.ts';
import { Button } from '../ui/Button.tsx';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { PracticeMark } from '../ui/PracticeMark.tsx';
import styles from './HostChoice.module.css';

/** Which host; a new one can be added without leaving the wizard. */
export function HostChoice({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (host: string) => void;
}) {
  const { t } = useTranslation();
  const hosts = useHosts();
  const info = useAppInfo();
  const [isAdding, setIsAdding] = useState(false);
  const choices = (hosts.data ?? []).map((host) => ({
    id: host.name,
    content: (
      <span className={styles.card}>
        <span className={styles.name}>
          {host.address.kind === 'local' ? t('hosts.thisComputer') : host.name}
          {host.practice && <PracticeMark />}
        </span>
        {host.address.kind === 'local' ? (
          <span className={styles.soft}>{t('hosts.local')}</span>
        ) : (
          <span className={styles.address}>{describeAddress(host.address)}</span>
        )}
      </span>
    ),
  }));
  return (
    <div className={styles.choice}>
      {hosts.failure !== null && <FailureCard failure={hosts.failure} />}
      {hosts.data === null && hosts.failure === null && <Reading>{t('ui.reading')}</Reading>}
      {hosts.data?.length === 0 && <p>{t('wizard.noHosts')}</p>}
      {choices.length > 0 && <ChoiceCards label={label} choices={choices} value={value} onChange={onChange} />}
      {!info.practice && (
        <Button
          look="quiet"
          size="small"
          icon={<Plus aria-hidden size={15} />}
          onPress={() => setIsAdding(true)}
          className={styles.add}
        >
          {t('hosts.add')}
        </Button>
      )}
      {isAdding && (
        <AddHostDialog
          taken={hosts.data?.map(({ name }) => name) ?? []}
          onClose={() => {
            setIsAdding(false);
            hosts.again();
          }}
        />
      )}
    </div>
  );
}
