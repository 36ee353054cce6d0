import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../shared/model/draft.ts';
import { defaultOptions } from '../../shared/model/request.ts';
import { go } from '../app/route.ts';
import { useAgainAt } from '../connection/use-again.ts';
import { useHosts } from '../hosts/use-hosts.ts';
import { Lineage } from '../lineage/Lineage.tsx';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { Select } from '../ui/Select.tsx';
import { DatasetList } from '../wizard/DatasetList.tsx';
import { emptyDraft } from '../wizard/draft.ts';
import { useTree } from '../wizard/read.ts';
import { useLineage } from '../wizard/use-lineage.ts';
import { useRelated } from '../wizard/use-related.ts';
import styles from './LineagePane.module.css';

/** A dataset and one of its copies, on this host or another, as the two-lane picture. */
export function LineagePane({
  host,
  dataset,
  known,
  turn,
}: {
  readonly host: string;
  readonly dataset: string;
  /** A copy that was made here, to begin with. */
  readonly known: { readonly host: string; readonly dataset: string } | null;
  /** Another number: both ends are read again. */
  readonly turn: number;
}) {
  const { t } = useTranslation();
  const hosts = useHosts();
  const [other, setOther] = useState<string | null>(known?.host ?? null);
  const [copy, setCopy] = useState<string | null>(known?.dataset ?? null);
  const tree = useTree(other);
  const { related } = useRelated({ sourceHost: host, sourceDataset: dataset, destinationHost: other });
  const draft: Draft = {
    ...emptyDraft,
    sourceHost: host,
    sourceDataset: dataset,
    destinationHost: other,
    mode: 'continue',
    continued: copy,
    options: defaultOptions,
  };
  const { columns, waitsFor, failed, source, destination, again } = useLineage(draft);
  useAgainAt(turn, () => {
    // The page has asked for its own host's tree already.
    if (other !== host) tree.again();
    again();
  });
  return (
    <div className={styles.pane}>
      <Select
        label={t('explore.compareWith')}
        placeholder={t('explore.chooseHost')}
        choices={(hosts.data ?? []).map(({ name }) => ({ id: name as string, label: name }))}
        value={other}
        onChange={(name) => {
          setOther(name);
          setCopy(null);
        }}
        className={styles.host}
      />
      {tree.failure !== null && <FailureAgain failure={tree.failure} onAgain={tree.again} />}
      {other !== null && tree.data === null && tree.failure === null && (
        <Reading>{t('wizard.readingHost', { host: other })}</Reading>
      )}
      {other !== null && tree.data !== null && (
        <DatasetList
          label={t('source.datasets', { host: other })}
          datasets={tree.data.datasets}
          selected={copy}
          onSelect={({ name }) => setCopy(name)}
          marks={new Map(related.map((one) => [one.dataset, t('destination.shares', { label: one.common })]))}
          empty={t('source.noDatasets')}
          rows={5}
        />
      )}
      {/* What the tree failed with stands above. */}
      {copy !== null && failed !== null && failed.failure !== tree.failure && (
        <FailureAgain failure={failed.failure} onAgain={failed.again} />
      )}
      {copy !== null && waitsFor !== null && <Reading>{t('wizard.readingHost', { host: waitsFor })}</Reading>}
      {copy !== null && columns !== null && columns.length > 0 && source !== null && (
        <>
          <Lineage columns={columns} source={source} destination={destination} />
          {other !== null && (
            <Button
              icon={<GitCompareArrows aria-hidden size={15} />}
              className={styles.compare}
              onPress={() => go({ page: 'verify', ends: { sourceHost: host, source: dataset, copyHost: other, copy } })}
            >
              {t('verify.open')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
