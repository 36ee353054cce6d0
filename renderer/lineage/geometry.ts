/** Where the cells of the picture stand. Pure; pixels. */
import type { Cell } from './fold.ts';

/** 24 px is the least a pointer needs (WCAG 2.5.8); the rest is air. */
const LEAST_PITCH = 37;
const MOST_PITCH = 96;
const EDGE = 34;

export const LANE = { dates: 18, source: 62, destination: 128, labels: 155, words: 176, height: 186 } as const;

/** How many cells fit a width. */
export const capacityOf = (width: number): number => Math.max(8, Math.floor((width - 2 * EDGE) / LEAST_PITCH) + 1);

export interface Layout {
  readonly width: number;
  /** The middle of each cell. */
  readonly x: readonly number[];
  /** From one middle to the next. */
  readonly pitch: number;
}

/** Spreads the cells over the width, the newest at its right end; wider than the width where they need it. */
export function placeCells(count: number, width: number): Layout {
  const pitch = count < 2 ? 0 : Math.min(MOST_PITCH, Math.max(LEAST_PITCH, (width - 2 * EDGE) / (count - 1)));
  const full = Math.max(width, Math.ceil(2 * EDGE + pitch * Math.max(0, count - 1)));
  const right = full - EDGE;
  return { width: full, x: Array.from({ length: count }, (_, index) => right - pitch * (count - 1 - index)), pitch };
}

/** Less than this many letters of a name tell nothing. */
const LEAST_LETTERS = 8;
/** Width of a letter of the names in the picture, with some air. */
const LETTER = 6.6;

/**
 * A name as far as it fits below its place: its end, which is what tells snapshots of one series apart.
 * @returns null where too little of it would be seen
 */
export function fitLabel(label: string, pitch: number): string | null {
  const room = Math.floor((pitch - 6) / LETTER);
  if (label.length <= room) return label;
  return room < LEAST_LETTERS ? null : `…${label.slice(1 - room)}`;
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
