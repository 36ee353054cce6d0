import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SnapshotFilter } from '../../shared/model/filter.ts';
import type { Snapshot } from '../../shared/model/inventory.ts';
import { compileFilter } from '../../shared/planning/snapshot-filter.ts';
import { Button } from '../ui/Button.tsx';
import { Details } from '../ui/Details.tsx';
import { dayEdge, dayOf } from '../ui/days.ts';
import { Field } from '../ui/Field.tsx';
import { formatNumber } from '../ui/format.ts';
import styles from './FilterChoice.module.css';
import { PatternRows } from './PatternRows.tsx';

const NONE: SnapshotFilter = { include: [], exclude: [], since: null, until: null };

const isOpen = ({ include, exclude, since, until }: SnapshotFilter): boolean =>
  include.length === 0 && exclude.length === 0 && since === null && until === null;

/** Which of the snapshots between base and target come along: by name, by day, by the tool that made them. */
export function FilterChoice({
  filter,
  snapshots,
  onChange,
}: {
  /** null: all of them. */
  readonly filter: SnapshotFilter | null;
  /** Of the source; they are counted as the filter is typed. */
  readonly snapshots: readonly Snapshot[];
  readonly onChange: (filter: SnapshotFilter | null) => void;
}) {
  const { t } = useTranslation();
  // Counts how often it was taken away, so that the rows begin anew.
  const [turn, setTurn] = useState(0);
  const current = filter ?? NONE;
  const change = (part: Partial<SnapshotFilter>) => {
    const next = { ...current, ...part };
    onChange(isOpen(next) ? null : next);
  };
  const passing = useMemo(() => {
    const test = compileFilter(filter);
    return test.ok ? { count: snapshots.filter(test.value).length, fault: null } : { count: 0, fault: test.error };
  }, [filter, snapshots]);
  const counts = { shown: formatNumber(passing.count), all: formatNumber(snapshots.length) };
  return (
    <Details
      isOpen={filter !== null}
      summary={filter === null ? t('filter.all') : t('filter.some', counts)}
      className={styles.filter}
    >
      <div className={styles.parts} key={turn}>
        <p className={styles.lead}>{t('filter.lead')}</p>
        <PatternRows
          label={t('filter.include')}
          add={t('filter.addInclude')}
          patterns={current.include}
          onChange={(include) => change({ include: [...include] })}
        />
        <PatternRows
          label={t('filter.exclude')}
          add={t('filter.addExclude')}
          patterns={current.exclude}
          onChange={(exclude) => change({ exclude: [...exclude] })}
        />
        <div className={styles.days}>
          <Field
            label={t('filter.since')}
            type="date"
            value={dayOf(current.since)}
            onChange={(day) => change({ since: dayEdge(day, 'begin') })}
          />
          <Field
            label={t('filter.until')}
            type="date"
            value={dayOf(current.until)}
            onChange={(day) => change({ until: dayEdge(day, 'end') })}
          />
        </div>
        {passing.fault === null ? (
          <p role="status">{t('filter.some', counts)}</p>
        ) : (
          <p className={styles.fault} role="status">
            {passing.fault}
          </p>
        )}
        {filter !== null && (
          <Button
            size="small"
            className={styles.end}
            onPress={() => {
              setTurn(turn + 1);
              onChange(null);
            }}
          >
            {t('filter.remove')}
          </Button>
        )}
      </div>
    </Details>
  );
}
