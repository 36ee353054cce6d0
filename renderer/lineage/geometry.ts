/** Where the cells of the picture stand. Pure; pixels. */
import type { Cell } from './fold.ts';

/** 24 px is the least a pointer needs (WCAG 2.5.8); the rest is air. */
const LEAST_PITCH = 30;
const MOST_PITCH = 76;
const EDGE = 34;

export const LANE = { dates: 18, source: 62, destination: 128, height: 172 } as const;

/** How many cells fit a width. */
export const capacityOf = (width: number): number => Math.max(8, Math.floor((width - 2 * EDGE) / LEAST_PITCH) + 1);

export interface Layout {
  readonly width: number;
  /** The middle of each cell. */
  readonly x: readonly number[];
}

/** Spreads the cells over the width, newest at the right; wider than the width where they need it. */
export function placeCells(count: number, width: number): Layout {
  const pitch = count < 2 ? 0 : Math.min(MOST_PITCH, Math.max(LEAST_PITCH, (width - 2 * EDGE) / (count - 1)));
  return {
    width: Math.max(width, Math.ceil(2 * EDGE + pitch * (count - 1))),
    x: Array.from({ length: count }, (_, index) => EDGE + pitch * index),
  };
}

export interface Tick {
  readonly x: number;
  /** Milliseconds since 1970. */
  readonly moment: number;
}

/** Days to write above the axis: where the day changes, and never so close that two would touch. */
export function placeTicks(cells: readonly Cell[], x: readonly number[], distance = 64): Tick[] {
  const ticks: Tick[] = [];
  let lastDay: string | null = null;
  cells.forEach((cell, index) => {
    const creation = (cell.kind === 'one' ? cell.column : cell.columns[0])?.creation ?? null;
    const at = x[index];
    if (creation === null || at === undefined) return;
    const moment = creation * 1000;
    const day = new Date(moment).toDateString();
    const last = ticks.at(-1);
    if (day === lastDay || (last !== undefined && at - last.x < distance)) return;
    lastDay = day;
    ticks.push({ x: at, moment });
  });
  return ticks;
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** From the first to the last cell of which something is true, and how many snapshots it is true of. */
export function spanOf(
  cells: readonly Cell[],
  x: readonly number[],
  holds: (column: Extract<Cell, { kind: 'one' }>['column']) => boolean,
): Span | null {
  let span: Span | null = null;
  cells.forEach((cell, index) => {
    const columns = cell.kind === 'one' ? [cell.column] : cell.columns;
    const count = columns.filter(holds).length;
    const at = x[index];
    if (count === 0 || at === undefined) return;
    span = { from: span?.from ?? at, to: at, count: (span?.count ?? 0) + count };
  });
  return span;
}
