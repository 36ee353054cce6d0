/** Where the cells of the picture stand. Pure; pixels. */
import type { Cell } from './fold.ts';

/** 24 px is the least a pointer needs (WCAG 2.5.8); the rest is air. */
const LEAST_PITCH = 37;
const MOST_PITCH = 168;
const EDGE = 34;

export const LANE = {
  dates: 18,
  source: 62,
  destination: 128,
  labels: 155,
  words: 176,
  height: 186,
  second: 15,
} as const;

/** How many cells fit a width. */
export const capacityOf = (width: number): number => Math.max(6, Math.floor((width - 2 * EDGE) / LEAST_PITCH) + 1);

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
const LETTER = 6.7;
/** Between two names, and between a name and the edge. */
const AIR = 6;

/**
 * A name as far as it fits below its place: its end, which is what tells snapshots of one series apart.
 * @returns null where too little of it would be seen
 */
export function fitLabel(label: string, room: number): string | null {
  const letters = Math.floor((room - AIR) / LETTER);
  if (label.length <= letters) return label;
  return letters < LEAST_LETTERS ? null : `…${label.slice(1 - letters)}`;
}

/** Letters of a dataset's name that two lines beside the picture hold. */
const NAME_LETTERS = 42;

/** A dataset's name for the two lines beside its lane: what is too long is left out in its middle. */
export function fitName(name: string): string {
  if (name.length <= NAME_LETTERS) return name;
  const start = 14;
  return `${name.slice(0, start)}…${name.slice(start + 1 - NAME_LETTERS)}`;
}

export interface Label {
  readonly guid: string;
  readonly text: string;
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** 0: below its place; 1: below those, where it had no room among them. */
  readonly row: 0 | 1;
}

interface Room {
  readonly from: number;
  readonly to: number;
}

/** What is left around a place between names that are there already; null: nothing. */
function roomAround(at: number, most: Room, taken: readonly Room[]): Room | null {
  if (taken.some(({ from, to }) => from < at + AIR && to > at - AIR)) return null;
  return {
    from: Math.max(most.from, ...taken.map(({ to }) => to).filter((to) => to < at)),
    to: Math.min(most.to, ...taken.map(({ from }) => from).filter((from) => from > at)),
  };
}

/**
 * The names below the places. The goal, the base and what is lost are named in full as far as that can be, in a row of
 * their own where they have no room among the others.
 */
export function placeLabels(cells: readonly Cell[], { width, x, pitch }: Layout): Label[] {
  const places = cells.flatMap((cell, index) => {
    const at = x[index];
    return cell.kind !== 'one' || at === undefined ? [] : [{ ...cell.column, at }];
  });
  const all: Room = { from: 0, to: width };
  const reach = cells.length === 1 ? width : pitch / 2;
  const own = (at: number): Room => ({ from: Math.max(0, at - reach), to: Math.min(width, at + reach) });
  // Where the others have none anyway, the whole row is there for these.
  const isTight = fitLabel('x'.repeat(LEAST_LETTERS + 1), 2 * reach) === null;
  const taken: readonly [Room[], Room[]] = [[], []];
  const labels: Label[] = [];

  const first = [
    ...places.filter(({ isGoal }) => isGoal),
    ...places.filter(({ isBase, isGoal }) => isBase && !isGoal),
    ...places.filter(({ fate, isBase, isGoal }) => fate === 'lost' && !isBase && !isGoal).reverse(),
  ];
  const put = (place: (typeof places)[number], row: 0 | 1, most: Room, isWhole: boolean): boolean => {
    const { at, guid, label } = place;
    const room = roomAround(at, most, taken[row]);
    const text = room === null ? null : fitLabel(label, room.to - room.from);
    if (room === null || text === null || (isWhole && text !== label)) return false;
    const long = text.length * LETTER + AIR;
    const anchor = at + long / 2 > room.to ? 'end' : at - long / 2 < room.from ? 'start' : 'middle';
    const from = anchor === 'end' ? room.to - long : anchor === 'start' ? room.from : at - long / 2;
    if (first.includes(place)) taken[row].push({ from, to: from + long });
    const edge = anchor === 'end' ? from + long - AIR / 2 : from + AIR / 2;
    labels.push({ guid, text, x: anchor === 'middle' ? at : edge, anchor, row });
    return true;
  };

  for (const place of first) {
    const most = isTight ? all : own(place.at);
    const tries = [
      [0, most, true],
      [1, all, true],
      [0, most, false],
      [1, all, false],
    ] as const;
    tries.some(([row, room, isWhole]) => put(place, row, room, isWhole));
  }
  for (const place of places) if (!first.includes(place)) put(place, 0, own(place.at), false);
  return labels;
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
