import { FolderTree, RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { useHosts } from '../hosts/use-hosts.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Empty } from '../ui/Empty.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { formatNumber, formatTimeOfDay } from '../ui/format.ts';
import rowStyles from '../ui/rows.module.css';
import { Select } from '../ui/Select.tsx';
import { HostReading } from '../wizard/HostReading.tsx';
import { PoolSummary } from '../wizard/PoolSummary.tsx';
import { useTree } from '../wizard/read.ts';
import { copiesFrom } from './copies.ts';
import { DatasetPane } from './DatasetPane.tsx';
import { DatasetTree } from './DatasetTree.tsx';
import styles from './ExplorePage.module.css';

/** What a host has: pools, the dataset tree, and the snapshots of one dataset. */
export function ExplorePage({ host, dataset }: { readonly host: string | null; readonly dataset: string | null }) {
  const { t } = useTranslation();
  const hosts = useHosts();
  const shownHost = host ?? hosts.data?.[0]?.name ?? null;
  const tree = useTree(shownHost);
  const runs = useAsked('runs.list', () => sluice.runs.list());
  const [filter, setFilter] = useState('');
  // Counts how often all that is shown was asked for again, so that the panes ask along with the tree.
  const [turn, setTurn] = useState(0);
  const readAgain = () => {
    tree.again();
    setTurn((before) => before + 1);
  };
  useEffect(() => {
    document.title = t('explore.title');
  }, [t]);
  const copies = useMemo(
    () => (shownHost === null ? new Map<string, never>() : copiesFrom(runs.data ?? [], shownHost)),
    [runs.data, shownHost],
  );
  const copyWords = useMemo(
    () => new Map([...copies].map(([name, copy]) => [name, t('explore.copiedTo', { ...copy })])),
    [copies, t],
  );
  const chosen = tree.data?.datasets.find(({ name }) => name === dataset) ?? null;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('explore.title')}</h1>
        {shownHost !== null && (
          <Select
            label={t('explore.host')}
            choices={(hosts.data ?? []).map(({ name, address }) => ({
              id: name as string,
              label: address.kind === 'local' ? t('hosts.thisComputer') : name,
            }))}
            value={shownHost}
            onChange={(name) => go({ page: 'explore', host: name, dataset: null })}
            className={styles.host}
          />
        )}
        {tree.data !== null && (
          <span className={styles.read}>
            {t('explore.readAt', { time: formatTimeOfDay(Date.parse(tree.data.readAt)) })}
            <Button size="small" icon={<RefreshCw aria-hidden size={14} />} isPending={tree.asking} onPress={readAgain}>
              {t('explore.readAgain')}
            </Button>
          </span>
        )}
      </header>
      {hosts.data?.length === 0 && (
        <Empty icon={<FolderTree aria-hidden size={24} />} title={t('explore.noHosts')}>
          <p>{t('hosts.emptyNeeds')}</p>
        </Empty>
      )}
      <HostReading host={shownHost} asked={{ ...tree, again: readAgain }} />
      {shownHost !== null && tree.data !== null && (
        <div className={styles.panes}>
          <div className={classNames('surface', styles.pane)}>
            {tree.data.pools.length > 0 && (
              <ul className={styles.pools} aria-label={t('explore.pools')}>
                {tree.data.pools.map((pool) => (
                  <li key={pool.name}>
                    <PoolSummary pool={pool} datasets={tree.data?.datasets ?? []} />
                  </li>
                ))}
              </ul>
            )}
            <FilterBar
              label={t('explore.filterDatasets')}
              placeholder={t('explore.filterDatasets')}
              value={filter}
              onChange={setFilter}
              count={formatNumber(tree.data.datasets.length)}
            />
            <div className={classNames(rowStyles.gutter, styles.columns)} aria-hidden>
              <span>{t('datasets.dataset')}</span>
              <span>{t('datasets.snapshots')}</span>
              <span>{t('datasets.used')}</span>
            </div>
            <DatasetTree
              key={shownHost}
              label={t('source.datasets', { host: shownHost })}
              datasets={tree.data.datasets}
              filter={filter.trim().toLowerCase()}
              selected={dataset}
              onSelect={(name) => go({ page: 'explore', host: shownHost, dataset: name })}
              copies={copyWords}
            />
          </div>
          <div className={classNames('surface', styles.pane)}>
            {chosen === null ? (
              <p className={styles.hint}>{dataset === null ? t('explore.choose') : t('explore.gone', { dataset })}</p>
            ) : (
              <DatasetPane
                key={`${shownHost} ${chosen.name}`}
                host={shownHost}
                dataset={chosen}
                copy={copies.get(chosen.name) ?? null}
                turn={turn}
              />
            )}
          </div>
        </div>
      )}
    </div>
  );
}
