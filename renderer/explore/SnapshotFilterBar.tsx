import { Search } from 'lucide-react';
import { Input, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/format.ts';
import { Segments } from '../ui/Segments.tsx';
import styles from './SnapshotFilterBar.module.css';
import { PATTERN_KINDS, type RowFilter } from './snapshot-rows.ts';

/** Which snapshots are shown: by a pattern of their names, by days, by holds. */
export function SnapshotFilterBar({
  filter,
  onChange,
  shown,
  all,
  fault,
}: {
  readonly filter: RowFilter;
  readonly onChange: (filter: RowFilter) => void;
  readonly shown: number;
  readonly all: number;
  /** What is wrong with the pattern, in one sentence; null if nothing is. */
  readonly fault: string | null;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar}>
      <SearchField
        aria-label={t('explore.filter')}
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
        className={styles.search ?? ''}
      >
        <Search aria-hidden size={15} />
        <Input
          placeholder={t(`explore.patternExample.${filter.kind}`)}
          className={styles.input ?? ''}
          spellCheck={false}
          aria-invalid={fault !== null}
        />
      </SearchField>
      <Segments
        label={t('explore.pattern')}
        choices={PATTERN_KINDS.map((id) => ({ id, label: t(`explore.patterns.${id}`) }))}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <label className={styles.day}>
        {t('explore.since')}
        <input
          type="date"
          value={filter.since}
          onChange={(event) => onChange({ ...filter, since: event.target.value })}
        />
      </label>
      <label className={styles.day}>
        {t('explore.until')}
        <input
          type="date"
          value={filter.until}
          onChange={(event) => onChange({ ...filter, until: event.target.value })}
        />
      </label>
      <label className={styles.day}>
        <input
          type="checkbox"
          checked={filter.isHeld}
          onChange={(event) => onChange({ ...filter, isHeld: event.target.checked })}
        />
        {t('explore.heldOnly')}
      </label>
      <span className={styles.count} role="status">
        {t('ui.countOf', { shown: formatNumber(shown), all: formatNumber(all) })}
      </span>
      {fault !== null && <p className={styles.fault}>{fault}</p>}
    </div>
  );
}
