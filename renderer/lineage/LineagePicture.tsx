import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Side } from '../../shared/model/side.ts';
import type { Column } from './columns.ts';
import { type Cell, faceOf, foldColumns } from './fold.ts';
import { capacityOf, fitName, LANE, placeCells, placeLabels } from './geometry.ts';
import { LaneCell } from './LaneCell.tsx';
import type { LineageEnd } from './Lineage.tsx';
import styles from './LineagePicture.module.css';
import { Scenery } from './Scenery.tsx';
import { useWidth } from './use-width.ts';

export function LineagePicture({
  columns,
  source,
  destination,
  activeGuid,
  onActive,
  onPickBase,
}: {
  readonly columns: readonly Column[];
  readonly source: LineageEnd;
  readonly destination: (LineageEnd & { readonly exists: boolean }) | null;
  readonly activeGuid: string | null;
  readonly onActive: (guid: string) => void;
  readonly onPickBase: ((column: Column) => void) | undefined;
}) {
  const { t } = useTranslation();
  const [frame, width] = useWidth<HTMLDivElement>();
  const cells = useMemo(() => foldColumns(columns, capacityOf(width)), [columns, width]);
  const layout = useMemo(() => placeCells(cells.length, width), [cells.length, width]);
  const { width: full, x } = layout;
  const labels = useMemo(() => placeLabels(cells, layout), [cells, layout]);
  const height = LANE.height + (labels.some(({ row }) => row === 1) ? LANE.second : 0);
  const activeIndex = cells.findIndex((cell) =>
    cell.kind === 'one' ? cell.column.guid === activeGuid : cell.columns.some(({ guid }) => guid === activeGuid),
  );
  const parts = useRef<(SVGGElement | null)[]>([]);

  // The newest end is what matters: a picture wider than its frame starts there.
  useEffect(() => {
    const element = frame.current;
    if (element !== null && full > 0) element.scrollLeft = full;
  }, [frame, full]);

  const move = (to: number) => {
    const index = Math.min(cells.length - 1, Math.max(0, to));
    const face = cells[index] === undefined ? undefined : faceOf(cells[index]);
    if (face === undefined) return;
    onActive(face.guid);
    parts.current[index]?.focus();
  };
  const pick = (cell: Cell | undefined) => {
    if (cell?.kind === 'one' && canBeBase(cell.column)) onPickBase?.(cell.column);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowRight: activeIndex + 1,
      ArrowLeft: activeIndex - 1,
      Home: 0,
      End: cells.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) move(to);
    else if (event.key === 'Enter' || event.key === ' ') pick(cells[activeIndex]);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.lanes}>
      <LaneName word={t('lineage.source')} end={source} row="source" />
      <LaneName word={t('lineage.destination')} end={destination} row="destination" />
      <div ref={frame} className={styles.frame}>
        {width > 0 && (
          <div role="listbox" aria-orientation="horizontal" aria-label={t('lineage.title')} onKeyDown={onKeyDown}>
            <svg
              role="presentation"
              width={full}
              height={height}
              viewBox={`0 0 ${full} ${height}`}
              className={styles.picture}
            >
              <Scenery
                cells={cells}
                x={x}
                labels={labels}
                width={full}
                height={height}
                isOpenEnd={destination?.exists !== true}
              />
              {cells.map((cell, index) => (
                <LaneCell
                  key={faceOf(cell)?.guid ?? index}
                  ref={(element) => {
                    parts.current[index] = element;
                  }}
                  cell={cell}
                  x={x[index] ?? 0}
                  isLast={index === cells.length - 1}
                  isActive={index === activeIndex}
                  isPickable={onPickBase !== undefined && cell.kind === 'one' && canBeBase(cell.column)}
                  onActive={() => {
                    const face = faceOf(cell);
                    if (face !== undefined) onActive(face.guid);
                  }}
                  onPick={() => pick(cell)}
                />
              ))}
            </svg>
          </div>
        )}
      </div>
    </div>
  );
}

const canBeBase = (column: Column): boolean =>
  column.destination !== null && (column.source !== null || column.bookmark !== null) && !column.isBase;

function LaneName({
  word,
  end,
  row,
}: {
  readonly word: string;
  readonly end: (LineageEnd & { readonly exists?: boolean }) | null;
  readonly row: Side;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.name} data-row={row}>
      <span className={styles.word}>{word}</span>
      {end === null ? (
        <span className={styles.soft}>{t('lineage.notChosen')}</span>
      ) : (
        <>
          <span className={styles.dataset} title={end.dataset}>
            {fitName(end.dataset)}
          </span>
          <span className={styles.soft}>
            {end.exists === false ? t('lineage.newOn', { host: end.host }) : t('lineage.onHost', { host: end.host })}
          </span>
        </>
      )}
    </div>
  );
}
