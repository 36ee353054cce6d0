import { describe, expect, it } from 'vitest';
import type { Column } from './columns.ts';
import type { Cell } from './fold.ts';
import { capacityOf, fitLabel, fitName, placeCells, placeLabels, placeTicks, spanOf } from './geometry.ts';

const cell = (creation: number, fate: Column['fate'] = 'common', marks: Partial<Column> = {}): Cell => ({
  kind: 'one',
  column: {
    guid: String(creation),
    label: 's',
    source: null,
    bookmark: null,
    destination: null,
    creation,
    fate,
    isBase: false,
    isGoal: false,
    isNamesake: false,
    isHeld: false,
    ...marks,
  },
});

describe('placeCells', () => {
  it('fills the width evenly', () => expect(placeCells(3, 208)).toEqual({ width: 208, x: [34, 104, 174], pitch: 70 }));
  it('does not tear few cells apart, and keeps the newest on the right', () =>
    expect(placeCells(2, 1000).x).toEqual([798, 966]));
  it('grows wider rather than letting targets overlap', () => {
    const { width, x } = placeCells(100, 500);
    expect(width).toBeGreaterThan(500);
    expect((x[1] ?? 0) - (x[0] ?? 0)).toBeGreaterThanOrEqual(24);
  });
  it('fits what capacityOf promised', () => expect(placeCells(capacityOf(640), 640).width).toBe(640));
  it('holds a single one and none', () => {
    expect(placeCells(1, 300).x).toEqual([266]);
    expect(placeCells(0, 300)).toEqual({ width: 300, x: [], pitch: 0 });
  });
});

describe('fitLabel', () => {
  it.each([
    ['auto-008', 96, 'auto-008'],
    ['auto-2026-11-21_23-00', 96, '…-11-21_23-00'],
    ['auto-2026-11-21_23-00', 300, 'auto-2026-11-21_23-00'],
    ['auto-2026-11-21_23-00', 40, null],
    ['daily', 44, 'daily'],
  ])('writes %s into %d px as %s', (label, pitch, text) => expect(fitLabel(label, pitch)).toBe(text));
});

describe('fitName', () => {
  it('leaves alone what two lines hold', () => expect(fitName('backup/laptop/home')).toBe('backup/laptop/home'));
  it('leaves out the middle of what they do not', () => {
    const name = fitName('tank/customers-of-the-northern-branch-office/quarterly-reports/archive-2019-to-2026');
    expect(name).toBe('tank/customers…eports/archive-2019-to-2026');
    expect(name).toHaveLength(42);
  });
});

describe('placeLabels', () => {
  const long = (index: number) => `zrepl_20261122_${String(index).padStart(6, '0')}_000`;
  const placed = (cells: Cell[], width: number) => placeLabels(cells, placeCells(cells.length, width));

  it('names what has room below its place', () => {
    const labels = placed([cell(1), cell(2), cell(3)], 300);
    expect(labels.map(({ text, x, anchor, row }) => [text, x, anchor, row])).toEqual([
      ['s', 34, 'middle', 0],
      ['s', 150, 'middle', 0],
      ['s', 266, 'middle', 0],
    ]);
  });
  it('names a single one in full, inside the picture', () => {
    expect(placed([cell(1, 'sent', { label: long(1) })], 300)).toEqual([
      { guid: '1', text: long(1), x: 297, anchor: 'end', row: 0 },
    ]);
  });
  it('names goal, base and what is lost in full where the others have no room', () => {
    const cells = Array.from({ length: 17 }, (_, index) =>
      cell(index, index === 12 ? 'lost' : 'sent', { label: long(index), isGoal: index === 16, isBase: index === 8 }),
    );
    const labels = placed(cells, 687);
    expect(labels.map(({ text, row }) => [text, row])).toEqual([
      [long(16), 0],
      [long(8), 0],
      [long(12), 1],
    ]);
  });
  it('gives them a row of their own where the others are cut short', () => {
    const cells = [1, 2, 3].map((index) => cell(index, 'sent', { label: long(index), isGoal: index === 3 }));
    expect(placed(cells, 268).map(({ text, row }) => [text, row])).toEqual([
      [long(3), 1],
      ['…000001_000', 0],
      ['…22_000002_000', 0],
    ]);
  });
  it('lets none reach over the edge or over another', () => {
    const cells = Array.from({ length: 9 }, (_, index) =>
      cell(index, index > 5 ? 'lost' : 'common', { label: long(index), isBase: index === 5, isGoal: index === 8 }),
    );
    for (const width of [300, 500, 700, 1050]) {
      const layout = placeCells(cells.length, width);
      for (const row of [0, 1]) {
        const spans = placeLabels(cells, layout)
          .filter((label) => label.row === row)
          .map(({ text, x, anchor }) => {
            const wide = text.length * 6.62;
            const from = anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2;
            return { from, to: from + wide };
          })
          .sort((a, b) => a.from - b.from);
        expect(spans.every(({ from, to }, index) => from >= (spans[index - 1]?.to ?? 0) && to <= layout.width)).toBe(
          true,
        );
      }
    }
  });
});

describe('placeTicks', () => {
  const day = 86_400;
  it('names a day once', () => {
    expect(placeTicks([cell(day * 10.5), cell(day * 10.6), cell(day * 12)], [0, 100, 200])).toHaveLength(2);
  });
  it('keeps its distance', () => {
    expect(placeTicks([cell(day), cell(day * 2), cell(day * 3)], [0, 30, 90]).map(({ x }) => x)).toEqual([0, 90]);
  });
});

describe('spanOf', () => {
  const cells: Cell[] = [cell(1), cell(2, 'sent'), { kind: 'run', columns: [] }, cell(3, 'sent'), cell(4)];
  it('reaches from the first to the last', () => {
    expect(spanOf(cells, [0, 10, 20, 30, 40], ({ fate }) => fate === 'sent')).toEqual({ from: 10, to: 30, count: 2 });
  });
  it('is nothing where nothing holds', () => expect(spanOf(cells, [0, 1, 2, 3, 4], () => false)).toBeNull());
});
