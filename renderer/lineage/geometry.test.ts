import { describe, expect, it } from 'vitest';
import type { Column } from './columns.ts';
import type { Cell } from './fold.ts';
import { capacityOf, fitLabel, placeCells, placeTicks, spanOf } from './geometry.ts';

const cell = (creation: number, fate: Column['fate'] = 'common'): Cell => ({
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
  },
});

describe('placeCells', () => {
  it('fills the width evenly', () => expect(placeCells(3, 208)).toEqual({ width: 208, x: [34, 104, 174], pitch: 70 }));
  it('does not tear few cells apart, and keeps the newest at the right', () =>
    expect(placeCells(2, 1000).x).toEqual([870, 966]));
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
