/**
 * The signature picture: source and destination as two lanes on one time axis, what is common joined, the base ringed,
 * what is sent and what is in the way said in words. Works by keyboard; the same data stands in a table behind it.
 */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import type { Column } from './columns.ts';
import { Legend } from './Legend.tsx';
import styles from './Lineage.module.css';
import { LineageCard } from './LineageCard.tsx';
import { LineagePicture } from './LineagePicture.tsx';
import { LineageTable } from './LineageTable.tsx';

export interface LineageEnd {
  readonly host: string;
  readonly dataset: string;
}

export function Lineage({
  columns,
  source,
  destination,
  onPickBase,
}: {
  readonly columns: readonly Column[];
  readonly source: LineageEnd;
  /** null while none is chosen. `exists` is false for a name that is still free. */
  readonly destination: (LineageEnd & { readonly exists: boolean }) | null;
  /** Called with a common snapshot that shall be the base. */
  readonly onPickBase?: (column: Column) => void;
}) {
  const { t } = useTranslation();
  const [isTable, setIsTable] = useState(false);
  const start = useMemo(
    () => columns.find(({ isGoal }) => isGoal) ?? columns.find(({ isBase }) => isBase) ?? columns.at(-1),
    [columns],
  );
  const [activeGuid, setActiveGuid] = useState<string | null>(null);
  const active = columns.find(({ guid }) => guid === activeGuid) ?? start;
  return (
    <figure className={classNames('surface', styles.figure)}>
      <figcaption className={styles.caption}>
        <span>
          <strong>{t('lineage.title')}</strong> <span className={styles.soft}>{t('lineage.how')}</span>
        </span>
        <Button look="quiet" size="small" onPress={() => setIsTable(!isTable)}>
          {t(isTable ? 'lineage.asPicture' : 'lineage.asTable')}
        </Button>
      </figcaption>
      {isTable ? (
        <LineageTable columns={columns} onPickBase={onPickBase} />
      ) : (
        <>
          <LineagePicture
            columns={columns}
            source={source}
            destination={destination}
            activeGuid={active?.guid ?? null}
            onActive={setActiveGuid}
            onPickBase={onPickBase}
          />
          {active !== undefined && <LineageCard column={active} onPickBase={onPickBase} />}
          <Legend columns={columns} />
        </>
      )}
    </figure>
  );
}
