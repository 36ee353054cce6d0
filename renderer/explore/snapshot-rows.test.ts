import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/model/inventory.ts';
import { SnapshotNameSchema } from '../../shared/model/names.ts';
import { everything, filterRows, type RowFilter, sortRows, toRows } from './snapshot-rows.ts';

const day = (text: string) => new Date(`${text}T12:00:00`).getTime() / 1000;
const snapshot = (label: string, createtxg: number, rest: Partial<Snapshot> = {}): Snapshot => ({
  name: SnapshotNameSchema.parse(`tank/a@${label}`),
  guid: String(createtxg),
  createtxg,
  creation: day(`2026-11-0${createtxg}`),
  used: 10 - createtxg,
  referenced: null,
  holds: 0,
  ...rest,
});
const rows = toRows([snapshot('daily-1', 1), snapshot('daily-2', 2, { holds: 1 }), snapshot('Manual', 3)], []);
const labels = (filter: Partial<RowFilter>) => {
  const found = filterRows(rows, { ...everything, ...filter });
  return found.ok ? found.value.map(({ label }) => label) : found.error;
};

describe('filterRows', () => {
  it.each<[Partial<RowFilter>, string[]]>([
    [{}, ['daily-1', 'daily-2', 'Manual']],
    [{ text: 'MAN' }, ['Manual']],
    [{ kind: 'glob', text: 'daily-*' }, ['daily-1', 'daily-2']],
    [{ kind: 'regex', text: '[12]$' }, ['daily-1', 'daily-2']],
    [{ since: '2026-11-02' }, ['daily-2', 'Manual']],
    [{ until: '2026-11-02' }, ['daily-1', 'daily-2']],
    [{ since: '2026-11-02', until: '2026-11-02' }, ['daily-2']],
    [{ since: '2026-' }, ['daily-1', 'daily-2', 'Manual']],
    [{ isHeld: true }, ['daily-2']],
  ])('%o', (filter, expected) => expect(labels(filter)).toEqual(expected));

  it('says what is wrong with an expression', () => {
    expect(labels({ kind: 'regex', text: '(' })).toMatch(/not a regular expression/);
  });
});

describe('sortRows', () => {
  const order = (key: Parameters<typeof sortRows>[1]['key'], isDescending = false) =>
    sortRows(rows, { key, isDescending }).map(({ label }) => label);
  it('orders by making, by label, by size', () => {
    expect(order('creation', true)).toEqual(['Manual', 'daily-2', 'daily-1']);
    expect(order('label')).toEqual(['Manual', 'daily-1', 'daily-2']);
    expect(order('used')).toEqual(['Manual', 'daily-2', 'daily-1']);
    expect(order('holds', true)).toEqual(['daily-2', 'Manual', 'daily-1']);
    expect(order('referenced')).toEqual(['daily-1', 'daily-2', 'Manual']);
  });
});
