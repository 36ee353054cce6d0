import { HardDrive, Server, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { describeAddress, type Host } from '../../shared/model/host.ts';
import { showZfs } from '../../shared/zfs/capabilities.ts';
import { formatRoute } from '../app/route.ts';
import { Button } from '../ui/Button.tsx';
import { Details } from '../ui/Details.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatMoment, tail } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { PracticeMark } from '../ui/PracticeMark.tsx';
import { CheckList } from './CheckList.tsx';
import { checkHost, type HostCheck, useChecks } from './checks.ts';
import styles from './HostCard.module.css';
import { keyWords } from './key-words.ts';
import { TONES, verdict } from './verdict.ts';

export function HostCard({ host, onRemove }: { readonly host: Host; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const check = useChecks(({ byHost }) => byHost[host.name]);
  const isLocal = host.address.kind === 'local';
  const Icon = isLocal ? HardDrive : Server;
  return (
    <li className="surface">
      <div className={styles.row}>
        <span className={styles.icon}>
          <Icon aria-hidden size={18} strokeWidth={1.75} />
        </span>
        <div className={styles.identity}>
          <h2 className={styles.name}>
            <a href={formatRoute({ page: 'host', host: host.name })} className={styles.link}>
              {isLocal ? t('hosts.thisComputer') : host.name}
            </a>
            {host.practice && <PracticeMark />}
          </h2>
          <p className={styles.address}>
            {isLocal ? t('hosts.local') : <span className="mono">{describeAddress(host.address)}</span>}
            {host.identityFile !== null && !host.practice && (
              <span className={styles.soft}>{t('hosts.identity', { file: host.identityFile })}</span>
            )}
          </p>
        </div>
        <dl className={styles.facts}>
          <div>
            <dt>{t('hosts.key')}</dt>
            <dd className={host.hostKey === null ? undefined : 'mono'} title={host.hostKey ?? undefined}>
              {host.hostKey === null ? keyWords(t, host) : tail(host.hostKey, 10)}
            </dd>
          </div>
          <div>
            <dt>{t('hosts.system')}</dt>
            <dd>{check?.zfs == null ? t('ui.unknown') : showZfs(check.zfs)}</dd>
          </div>
        </dl>
        <div className={styles.state}>
          <CheckMark check={check} />
          {check?.at != null && <span className={styles.soft}>{formatMoment(check.at)}</span>}
        </div>
        <div className={styles.actions}>
          <Button
            size="small"
            onPress={() => void checkHost(host.name)}
            isDisabled={check?.isChecking === true}
            aria-label={t('hosts.checkWhich', { name: host.name })}
          >
            {t('hosts.check')}
          </Button>
          {!isLocal && !host.practice && (
            <Button
              look="quiet"
              size="small"
              icon={<Trash2 aria-hidden size={15} />}
              aria-label={t('hosts.removeWhich', { name: host.name })}
              onPress={onRemove}
            />
          )}
        </div>
      </div>
      {check?.failure != null && (
        <div className={styles.more}>
          <FailureCard failure={check.failure} />
        </div>
      )}
      {check !== undefined && check.checks.length > 0 && (
        <div className={styles.more}>
          <Details summary={t('hosts.checksSummary', { count: check.checks.length })} isOpen={needsEyes(check)}>
            <CheckList checks={check.checks} host={host.name} />
          </Details>
        </div>
      )}
    </li>
  );
}

const needsEyes = (check: HostCheck): boolean => ['warns', 'blocks'].includes(verdict(check.checks));

function CheckMark({ check }: { readonly check: HostCheck | undefined }) {
  const { t } = useTranslation();
  if (check?.isChecking === true) return <Mark tone="running">{t('checks.checking')}</Mark>;
  if (check === undefined || check.at === null) return <Mark tone="waiting">{t('checks.never')}</Mark>;
  if (check.failure !== null) return <Mark tone="bad">{t('checks.unreachable')}</Mark>;
  const state = verdict(check.checks);
  // A note is no reason to think twice about a host.
  return <Mark tone={state === 'notes' ? 'good' : TONES[state]}>{t(`checks.verdict.${state}`)}</Mark>;
}
