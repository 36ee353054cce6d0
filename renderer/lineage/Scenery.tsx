import { useTranslation } from 'react-i18next';
import { formatDay } from '../ui/format.ts';
import type { Cell } from './fold.ts';
import { LANE, type Label, placeTicks, spanOf } from './geometry.ts';
import styles from './Scenery.module.css';

/** What lies behind the snapshots: days, lanes, what is sent and what is in the way. The cells say the same in words. */
export function Scenery({
  cells,
  x,
  labels,
  width,
  height,
  isOpenEnd,
}: {
  readonly cells: readonly Cell[];
  readonly x: readonly number[];
  readonly labels: readonly Label[];
  readonly width: number;
  readonly height: number;
  /** True while the destination's dataset does not exist: its lane is drawn as one to come. */
  readonly isOpenEnd: boolean;
}) {
  const { t } = useTranslation();
  // The lanes begin with what is known of them.
  const begin = x[0] ?? 0;
  const words = height - (LANE.height - LANE.words);
  const ticks = placeTicks(cells, x);
  const sent = spanOf(cells, x, ({ fate }) => fate === 'sent');
  const inTheWay = spanOf(cells, x, ({ fate }) => fate === 'in-the-way');
  const lost = spanOf(cells, x, ({ fate }) => fate === 'lost');
  return (
    <svg aria-hidden="true" width={width} height={height}>
      {ticks.map((tick) => (
        <text key={tick.x} x={tick.x} y={LANE.dates} className={styles.date}>
          {formatDay(tick.moment)}
        </text>
      ))}
      <line x1={begin} x2={width} y1={LANE.source} y2={LANE.source} className={styles.lane} />
      <line
        x1={begin}
        x2={width}
        y1={LANE.destination}
        y2={LANE.destination}
        className={styles.lane}
        strokeDasharray={isOpenEnd ? '2 6' : undefined}
      />
      {labels.map(({ guid, text, x: at, anchor, row }) => (
        <text key={guid} x={at} y={LANE.labels + row * LANE.second} textAnchor={anchor} className={styles.label}>
          {text}
        </text>
      ))}
      {sent !== null && (
        <>
          <rect
            x={sent.from - 14}
            width={sent.to - sent.from + 28}
            y={LANE.source - 14}
            height={28}
            rx={14}
            className={styles.sentBand}
          />
          <text {...anchored(sent.from, sent.to, width)} y={LANE.source - 21} className={styles.sentWords}>
            {t('lineage.willBeSent', { count: sent.count })}
          </text>
        </>
      )}
      {inTheWay !== null && (
        <text {...anchored(inTheWay.from, inTheWay.to, width)} y={words} className={styles.inTheWay}>
          {t('lineage.inTheWay', { count: inTheWay.count })}
        </text>
      )}
      {lost !== null && (
        <text {...anchored(lost.from, lost.to, width)} y={words} className={styles.lost}>
          {t('lineage.lost', { count: lost.count })}
        </text>
      )}
    </svg>
  );
}

/** Words above or below a span, kept inside the picture. */
function anchored(from: number, to: number, width: number) {
  const middle = (from + to) / 2;
  if (middle > width - 110) return { x: Math.min(width - 6, to + 14), textAnchor: 'end' as const };
  if (middle < 110) return { x: Math.max(6, from - 14), textAnchor: 'start' as const };
  return { x: middle, textAnchor: 'middle' as const };
}
