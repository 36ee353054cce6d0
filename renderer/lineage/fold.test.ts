import { describe, expect, it } from 'vitest';
import type { Column, Fate } from './columns.ts';
import { type Cell, faceOf, foldColumns } from './fold.ts';

const column = (index: number, fate: Fate, marks: Partial<Column> = {}): Column => ({
  guid: String(index),
  label: `s${index}`,
  source: null,
  bookmark: null,
  destination: null,
  creation: index,
  fate,
  isBase: false,
  isGoal: false,
  isNamesake: false,
  isHeld: false,
  ...marks,
});
const shown = (cells: Cell[]) => cells.map((cell) => (cell.kind === 'one' ? cell.column.label : cell.columns.length));

describe('foldColumns', () => {
  const many = [
    ...Array.from({ length: 50 }, (_, index) => column(index, 'common')),
    column(50, 'common', { isBase: true }),
    ...Array.from({ length: 4 }, (_, index) => column(51 + index, 'sent')),
    column(55, 'sent', { isGoal: true }),
  ];

  it('leaves alone what fits', () => expect(foldColumns(many, 56)).toHaveLength(56));

  it('folds the longest quiet run first and keeps base and goal apart', () => {
    expect(shown(foldColumns(many, 7))).toEqual([50, 's50', 's51', 's52', 's53', 's54', 's55']);
  });

  it('shows the newest of a folded run as far as there is room', () => {
    expect(shown(foldColumns(many, 10))).toEqual([47, 's47', 's48', 's49', 's50', 's51', 's52', 's53', 's54', 's55']);
  });

  it('folds more runs until it fits', () => expect(shown(foldColumns(many, 4))).toEqual([50, 's50', 4, 's55']));

  it('loses no column', () => {
    const columns = foldColumns(many, 4).flatMap((cell) => (cell.kind === 'one' ? [cell.column] : cell.columns));
    expect(columns).toEqual(many);
  });

  it('does not fold pairs', () => {
    const pairs = [column(0, 'common'), column(1, 'common'), column(2, 'sent'), column(3, 'sent')];
    expect(foldColumns(pairs, 1)).toHaveLength(4);
  });

  it('lets the newest speak for a run', () => {
    const [run] = foldColumns(many, 4);
    expect(run === undefined ? undefined : faceOf(run)?.label).toBe('s49');
  });
});
