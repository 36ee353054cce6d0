import { ArrowRightLeft, Download, Plus, Server } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { sluice } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { Button } from '../ui/Button.tsx';
import { Empty, Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Page } from '../ui/Page.tsx';
import { AddHostDialog } from './AddHostDialog.tsx';
import { HostCard } from './HostCard.tsx';
import styles from './HostsPage.module.css';
import { ImportDialog } from './ImportDialog.tsx';
import { RemoveHostDialog } from './RemoveHostDialog.tsx';
import { useHosts } from './use-hosts.ts';

export function HostsPage() {
  const { t } = useTranslation();
  const hosts = useHosts();
  const info = useAppInfo();
  const [isAdding, setIsAdding] = useState(false);
  const [isImporting, setIsImporting] = useState(false);
  const damage = useAsked('hosts.damage', () => sluice.hosts.damage());
  const [removing, setRemoving] = useState<string | null>(null);

  const add = (
    <Button look="primary" icon={<Plus aria-hidden size={16} />} onPress={() => setIsAdding(true)}>
      {t('hosts.add')}
    </Button>
  );
  const isEmpty = hosts.data?.length === 0;
  return (
    <Page
      title={t('hosts.title')}
      lead={info.practice ? t('hosts.leadPractice') : t('hosts.lead')}
      actions={
        !isEmpty && (
          <>
            <Button
              look={info.practice ? 'primary' : 'secondary'}
              icon={<ArrowRightLeft aria-hidden size={16} />}
              onPress={() => go({ page: 'replicate', step: 'source' })}
            >
              {t('hosts.replicate')}
            </Button>
            {!info.practice && (
              <>
                <Button icon={<Download aria-hidden size={16} />} onPress={() => setIsImporting(true)}>
                  {t('importHosts.open')}
                </Button>
                {add}
              </>
            )}
          </>
        )
      }
    >
      {hosts.failure !== null && <FailureAgain failure={hosts.failure} onAgain={hosts.again} />}
      {hosts.data === null && hosts.failure === null && <Reading>{t('ui.reading')}</Reading>}
      {isEmpty && (
        <Empty icon={<Server aria-hidden size={24} />} title={t('hosts.emptyTitle')} action={add}>
          <p>{t('hosts.emptyNeeds')}</p>
          <p>
            {t('hosts.emptyPractice')} <code className={styles.command}>{t('hosts.practiceCommand')}</code>
          </p>
        </Empty>
      )}
      {hosts.data !== null && hosts.data.length > 0 && (
        <ul className={styles.list}>
          {hosts.data.map((host) => (
            <HostCard key={host.name} host={host} onRemove={() => setRemoving(host.name)} />
          ))}
        </ul>
      )}
      {damage.data !== null && <FailureCard failure={damage.data} tone="warn" />}
      {isImporting && <ImportDialog onClose={() => setIsImporting(false)} onTaken={hosts.again} />}
      {isAdding && (
        <AddHostDialog
          taken={hosts.data?.map(({ name }) => name) ?? []}
          onClose={() => {
            setIsAdding(false);
            hosts.again();
          }}
        />
      )}
      {removing !== null && (
        <RemoveHostDialog
          name={removing}
          onClose={() => setRemoving(null)}
          onRemoved={() => {
            setRemoving(null);
            hosts.again();
          }}
        />
      )}
    </Page>
  );
}
