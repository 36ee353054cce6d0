import { forwardRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/format.ts';
import { type Cell, faceOf } from './fold.ts';
import { Glyph, type GlyphKind, glyphsOf } from './Glyph.tsx';
import { LANE } from './geometry.ts';
import styles from './LaneCell.module.css';
import { columnWords } from './words.ts';

interface LaneCellProps {
  readonly cell: Cell;
  readonly x: number;
  /** There is no room at its right. */
  readonly isLast: boolean;
  readonly isActive: boolean;
  readonly isPickable: boolean;
  readonly onActive: () => void;
  readonly onPick: () => void;
}

/** One place on the axis: a snapshot in either or both lanes, or a run of them. */
export const LaneCell = forwardRef<SVGGElement, LaneCellProps>(function LaneCell(
  { cell, x, isLast, isActive, isPickable, onActive, onPick },
  ref,
) {
  const { t } = useTranslation();
  const face = faceOf(cell);
  if (face === undefined) return null;
  const { source, destination } = glyphsOf(face);
  const words =
    cell.kind === 'one'
      ? columnWords(t, cell.column)
      : t('lineage.run', { shown: formatNumber(cell.columns.length), fate: t(`lineage.fate.${face.fate}`) });
  const isJoined = source !== null && destination !== null;
  return (
    <g
      ref={ref}
      role="option"
      aria-selected={face.isBase && cell.kind === 'one'}
      aria-label={words}
      tabIndex={isActive ? 0 : -1}
      transform={`translate(${x} 0)`}
      className={styles.cell}
      data-active={isActive || undefined}
      data-pickable={isPickable || undefined}
      onFocus={onActive}
      onPointerEnter={onActive}
      onClick={onPick}
    >
      <rect
        x={-13}
        y={LANE.source - 18}
        width={26}
        height={LANE.destination - LANE.source + 36}
        className={styles.target}
        rx={8}
      />
      {isJoined && (
        <line
          y1={LANE.source}
          y2={LANE.destination}
          className={destination === 'arrives' ? styles.flow : styles.join}
        />
      )}
      {destination === 'arrives' && <path d={`M-4 ${LANE.destination - 13}l4 5 4-5`} className={styles.arrow} />}
      <Place kind={source} y={LANE.source} count={cell.kind === 'run' ? cell.columns.length : null} />
      <Place kind={destination} y={LANE.destination} count={cell.kind === 'run' ? cell.columns.length : null} />
      {cell.kind === 'one' && face.isBase && (
        <text
          y={(LANE.source + LANE.destination) / 2 + 4}
          x={isLast ? -9 : 9}
          textAnchor={isLast ? 'end' : 'start'}
          className={styles.base}
        >
          {t('lineage.base')}
        </text>
      )}
    </g>
  );
});

/** A glyph in its lane, or the number of those that it stands for. */
function Place({
  kind,
  y,
  count,
}: {
  readonly kind: GlyphKind | null;
  readonly y: number;
  readonly count: number | null;
}) {
  if (kind === null) return null;
  if (count === null) {
    return (
      <g transform={`translate(0 ${y})`}>
        <Glyph kind={kind} />
      </g>
    );
  }
  const text = formatNumber(count);
  const half = 9 + text.length * 3.5;
  return (
    <g transform={`translate(0 ${y})`}>
      <rect x={-half} y={-10} width={2 * half} height={20} rx={10} className={styles.run} data-kind={kind} />
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a text in a picture takes no focus; the cell says its number in words. */}
      <text y={4} aria-hidden="true" className={styles.count}>
        {text}
      </text>
    </g>
  );
}
