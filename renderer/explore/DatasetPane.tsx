import { ArrowRightLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { useSettings } from '../settings/settings.ts';
import { Button } from '../ui/Button.tsx';
import { Facts } from '../ui/Facts.tsx';
import { formatBytes } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { Segments } from '../ui/Segments.tsx';
import { beginWith, chooseSourceDataset, chooseSourceHost, emptyDraft, newLabel } from '../wizard/draft.ts';
import type { TreeDataset } from '../wizard/read.ts';
import { useWizard } from '../wizard/store.ts';
import type { Copy } from './copies.ts';
import styles from './DatasetPane.module.css';
import { LineagePane } from './LineagePane.tsx';
import { SnapshotPane } from './SnapshotPane.tsx';

const VIEWS = ['snapshots', 'lineage'] as const;
type View = (typeof VIEWS)[number];

/** One dataset: what it is, its snapshots, its lineage with a copy. */
export function DatasetPane({
  host,
  dataset,
  copy,
  turn,
}: {
  readonly host: string;
  readonly dataset: TreeDataset;
  readonly copy: Copy | null;
  /** Another number: the host is read again. */
  readonly turn: number;
}) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const defaults = useSettings(({ settings }) => settings.newReplication);
  const [view, setView] = useState<View>('snapshots');
  const bytes = (value: number | null) => (value === null ? t('ui.unknown') : formatBytes(value));
  const facts: [string, string][] = [
    [t('explore.kind'), t(`datasets.kind.${dataset.kind}`)],
    [t('datasets.used'), bytes(dataset.used)],
    [t('snapshots.refers'), bytes(dataset.referenced)],
    [t('explore.written'), bytes(dataset.written)],
    [t('explore.encryption'), dataset.encryption ?? t('ui.nothing')],
    [t('explore.mountpoint'), dataset.mountpoint ?? t('ui.nothing')],
    ...(dataset.origin === null ? [] : [[t('explore.origin'), dataset.origin] as [string, string]]),
    ...(copy === null ? [] : [[t('explore.copy'), `${copy.host} ${copy.dataset}`] as [string, string]]),
  ];
  const replicate = () => {
    const taken = dataset.snapshots === 0 ? newLabel(new Date()) : null;
    change(() => chooseSourceDataset(chooseSourceHost(beginWith(emptyDraft, defaults), host), dataset.name, taken));
    go({ page: 'replicate', step: 'source' });
  };
  return (
    <section className={styles.pane} aria-label={dataset.name}>
      <header className={styles.header}>
        <h2 className={styles.name}>{dataset.name}</h2>
        {dataset.readonly && (
          <Mark tone="note" look="plain">
            {t('explore.readonly')}
          </Mark>
        )}
        {dataset.partial !== null && (
          <Mark tone="paused">{t('explore.partial', { bytes: formatBytes(dataset.partial.bytes) })}</Mark>
        )}
        <span className={styles.actions}>
          <Segments
            label={t('explore.view')}
            choices={VIEWS.map((id) => ({ id, label: t(`explore.views.${id}`) }))}
            value={view}
            onChange={setView}
          />
          <Button size="small" icon={<ArrowRightLeft aria-hidden size={14} />} onPress={replicate}>
            {t('explore.replicate')}
          </Button>
        </span>
      </header>
      <Facts facts={facts} className={styles.facts} />
      {view === 'snapshots' ? (
        <SnapshotPane host={host} dataset={dataset.name} turn={turn} />
      ) : (
        <LineagePane host={host} dataset={dataset.name} known={copy} turn={turn} />
      )}
    </section>
  );
}
