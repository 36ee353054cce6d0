import { Copy as CopyIcon, FolderTree, KeyRound, Pencil, Server, Stethoscope, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeAddress, type Host } from '../../shared/model/host.ts';
import { showZfs } from '../../shared/zfs/capabilities.ts';
import { go } from '../app/route.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Empty, Reading } from '../ui/Empty.tsx';
import { Facts } from '../ui/Facts.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatMoment } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import { PracticeMark } from '../ui/PracticeMark.tsx';
import { PoolSummary } from '../wizard/PoolSummary.tsx';
import { useTree } from '../wizard/read.ts';
import { CheckList } from './CheckList.tsx';
import { checkHost, forgetHost, useChecks } from './checks.ts';
import { DuplicateHostDialog } from './DuplicateHostDialog.tsx';
import { EditHostDialog } from './EditHostDialog.tsx';
import styles from './HostPage.module.css';
import { keyWords } from './key-words.ts';
import { RemoveHostDialog } from './RemoveHostDialog.tsx';
import { ReplaceKeyDialog } from './ReplaceKeyDialog.tsx';
import { useHosts } from './use-hosts.ts';

/** One host: what the doctor says of it, with what mends it, its pools, how it is reached. */
export function HostPage({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const hosts = useHosts();
  const host = hosts.data?.find((one) => one.name === name) ?? null;
  if (host !== null) {
    const others = (hosts.data ?? []).map((one) => one.name as string).filter((one) => one !== name);
    return <KnownHost key={name} host={host} others={others} onChanged={hosts.again} />;
  }
  return (
    <Page title={name}>
      {hosts.failure !== null && <FailureCard failure={hosts.failure} />}
      {hosts.data === null && hosts.failure === null && <Reading>{t('ui.reading')}</Reading>}
      {hosts.data !== null && (
        <Empty
          icon={<Server aria-hidden size={24} />}
          title={t('hostPage.unknown', { name })}
          action={<Button onPress={() => go({ page: 'hosts' })}>{t('hostPage.toHosts')}</Button>}
        />
      )}
    </Page>
  );
}

type Asking = 'edit' | 'duplicate' | 'remove' | 'key';

function KnownHost({
  host,
  others,
  onChanged,
}: {
  readonly host: Host;
  readonly others: readonly string[];
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const check = useChecks(({ byHost }) => byHost[host.name]);
  const tree = useTree(check?.zfs == null ? null : host.name);
  const [asking, setAsking] = useState<Asking | null>(null);
  // Only as the page opens: a check that is forgotten later belongs to a host that is removed, or called otherwise.
  useEffect(() => {
    if (useChecks.getState().byHost[host.name] === undefined) void checkHost(host.name);
  }, [host.name]);
  const isOwn = !host.practice && host.address.kind === 'ssh';
  const hasOtherKey = check?.checks.some(({ fixes }) => fixes.some(({ id }) => id === 'replace-key')) === true;
  const close = () => setAsking(null);
  const moveTo = (to: Host) => {
    close();
    onChanged();
    go({ page: 'host', host: to.name });
  };
  const changed = (to: Host) => {
    forgetHost(host.name);
    forgetHost(to.name);
    void checkHost(to.name);
    moveTo(to);
  };
  const facts: [string, string][] = [
    [t('hostPage.address'), describeAddress(host.address)],
    [t('addHost.login'), host.identityFile === null ? t('addHost.agent') : host.identityFile],
    [t('addHost.privilege'), t(`addHost.privileges.${host.privilege}`)],
    [t('hosts.key'), keyWords(t, host)],
    [t('editHost.jump'), host.jump ?? t('editHost.noJump')],
    [t('hosts.system'), check?.zfs == null ? t('ui.unknown') : showZfs(check.zfs)],
    ...(host.notes === '' ? [] : [[t('editHost.notes'), host.notes] as [string, string]]),
  ];
  return (
    <Page
      title={host.address.kind === 'local' ? t('hosts.thisComputer') : host.name}
      {...(host.practice ? { lead: <PracticeMark /> } : {})}
      actions={
        <>
          <Button
            icon={<FolderTree aria-hidden size={15} />}
            onPress={() => go({ page: 'explore', host: host.name, dataset: null })}
          >
            {t('rail.explore')}
          </Button>
          {isOwn && (
            <>
              <Button icon={<Pencil aria-hidden size={15} />} onPress={() => setAsking('edit')}>
                {t('editHost.edit')}
              </Button>
              <Button icon={<CopyIcon aria-hidden size={15} />} onPress={() => setAsking('duplicate')}>
                {t('editHost.duplicate')}
              </Button>
              <Button icon={<Trash2 aria-hidden size={15} />} onPress={() => setAsking('remove')}>
                {t('hostPage.remove')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Card
        title={t('hostPage.doctor')}
        aside={
          <>
            {check?.isChecking === true ? (
              <Mark tone="running">{t('checks.checking')}</Mark>
            ) : (
              check?.at != null && <span>{formatMoment(check.at)}</span>
            )}
            <Button
              size="small"
              icon={<Stethoscope aria-hidden size={14} />}
              isDisabled={check?.isChecking === true}
              onPress={() => void checkHost(host.name)}
            >
              {t(check?.at == null ? 'hosts.check' : 'hosts.checkAgain')}
            </Button>
          </>
        }
      >
        {check?.isChecking === true && check.checks.length === 0 && (
          <Reading>{t('addHost.checking', { name: host.name })}</Reading>
        )}
        {check?.failure != null && <FailureCard failure={check.failure} />}
        {check !== undefined && check.checks.length > 0 && <CheckList checks={check.checks} host={host.name} />}
        {isOwn && hasOtherKey && (
          <Button icon={<KeyRound aria-hidden size={15} />} onPress={() => setAsking('key')}>
            {t('replaceKey.open')}
          </Button>
        )}
      </Card>
      <div className={styles.columns}>
        <Card title={t('hostPage.reached')}>
          <Facts facts={facts} className={styles.facts} />
        </Card>
        {tree.data !== null && (
          <Card title={t('explore.pools')}>
            <ul className={styles.pools}>
              {tree.data.pools.map((pool) => (
                <li key={pool.name}>
                  <PoolSummary pool={pool} datasets={tree.data?.datasets ?? []} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
      {asking === 'edit' && <EditHostDialog host={host} others={others} onClose={close} onChanged={changed} />}
      {asking === 'duplicate' && (
        <DuplicateHostDialog name={host.name} taken={[host.name, ...others]} onClose={close} onMade={moveTo} />
      )}
      {asking === 'key' && host.address.kind === 'ssh' && (
        <ReplaceKeyDialog
          host={host}
          address={host.address}
          onClose={close}
          onReplaced={() => {
            close();
            onChanged();
            void checkHost(host.name);
          }}
        />
      )}
      {asking === 'remove' && (
        <RemoveHostDialog
          name={host.name}
          onClose={close}
          onRemoved={() => {
            onChanged();
            go({ page: 'hosts' });
          }}
        />
      )}
    </Page>
  );
}
