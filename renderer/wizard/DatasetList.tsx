import { Database, Folder, HardDrive } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../shared/model/names.ts';
import { formatAge, formatBytes, formatNumber } from '../ui/format.ts';
import { Mark, type Tone } from '../ui/Mark.tsx';
import { Name } from '../ui/Name.tsx';
import { VirtualList } from '../ui/VirtualList.tsx';
import styles from './DatasetList.module.css';
import type { TreeDataset } from './read.ts';

/** The datasets of a host as a tree, with what matters for choosing one. */
export function DatasetList({
  label,
  datasets,
  selected,
  onSelect,
  marks,
  markTone = 'good',
  empty,
  rows = 11,
}: {
  readonly label: string;
  readonly datasets: readonly TreeDataset[];
  readonly selected: string | ReadonlySet<string> | null;
  readonly onSelect: (dataset: TreeDataset) => void;
  /** A remark that stands beside a dataset's name. */
  readonly marks?: ReadonlyMap<string, string>;
  /** What such a remark means. */
  readonly markTone?: Tone;
  readonly empty: string;
  readonly rows?: number;
}) {
  const { t } = useTranslation();
  const now = Date.now();
  const newest = (dataset: TreeDataset): string =>
    dataset.newestSnapshot?.creation == null ? '' : formatAge(dataset.newestSnapshot.creation * 1000, now);
  return (
    <VirtualList
      label={label}
      items={datasets}
      keyOf={nameOf}
      textOf={nameOf}
      wordsOf={(dataset) =>
        [
          dataset.name,
          t(`datasets.kind.${dataset.kind}`),
          dataset.used === null ? '' : t('datasets.usedWords', { bytes: formatBytes(dataset.used) }),
          t('datasets.snapshotCount', { count: dataset.snapshots }),
          dataset.newestSnapshot === null
            ? ''
            : t('datasets.newestWords', { label: labelOf(dataset.newestSnapshot.name), age: newest(dataset) }),
          marks?.get(dataset.name) ?? '',
        ]
          .filter((word) => word !== '')
          .join(', ')
      }
      columns={styles.columns}
      header={
        <>
          <span>{t('datasets.dataset')}</span>
          <span className={styles.number}>{t('datasets.used')}</span>
          <span className={styles.number}>{t('datasets.snapshots')}</span>
          <span>{t('datasets.newest')}</span>
        </>
      }
      row={(dataset, isFiltered) => (
        <>
          <span className={styles.name} data-depth={isFiltered ? 0 : Math.min(8, dataset.name.split('/').length - 1)}>
            <KindIcon dataset={dataset} />
            <span className={styles.text}>
              <Name>{isFiltered ? dataset.name : dataset.name.slice(dataset.name.lastIndexOf('/') + 1)}</Name>
            </span>
            {marks?.get(dataset.name) !== undefined && (
              <span className={styles.mark} title={marks.get(dataset.name)}>
                <Mark tone={markTone}>{marks.get(dataset.name)}</Mark>
              </span>
            )}
          </span>
          <span className={styles.number}>{dataset.used === null ? t('ui.nothing') : formatBytes(dataset.used)}</span>
          <span className={styles.number} data-none={dataset.snapshots === 0 || undefined}>
            {dataset.snapshots === 0 ? t('datasets.none') : formatNumber(dataset.snapshots)}
          </span>
          <span className={styles.newest}>
            {dataset.newestSnapshot !== null && (
              <>
                <span className={styles.label}>
                  <Name>{labelOf(dataset.newestSnapshot.name)}</Name>
                </span>
                <span className={styles.soft}>{newest(dataset)}</span>
              </>
            )}
          </span>
        </>
      )}
      selected={selected}
      onSelect={onSelect}
      empty={empty}
      rows={rows}
    />
  );
}

const nameOf = (dataset: TreeDataset): string => dataset.name;

function KindIcon({ dataset }: { readonly dataset: TreeDataset }) {
  const Icon = dataset.name.includes('/') ? (dataset.kind === 'volume' ? HardDrive : Folder) : Database;
  return <Icon aria-hidden size={15} strokeWidth={1.75} className={styles.icon} />;
}
