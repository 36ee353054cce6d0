import { describe, expect, it } from 'vitest';
import { above, closedAtFirst, rowsOf } from './tree.ts';

const names = ['tank', 'tank/a', 'tank/a/b', 'tank/a/b/c', 'tank/a-b', 'zoo'];
const datasets = names.map((name) => ({ name }));
const shown = (closed: readonly string[], filter = '') =>
  rowsOf(datasets, new Set(closed), filter).map(({ dataset, level, isOpen }) => [dataset.name, level, isOpen]);

describe('rowsOf', () => {
  it('shows what lies below what is open', () => {
    expect(shown([])).toEqual([
      ['tank', 1, true],
      ['tank/a', 2, true],
      ['tank/a/b', 3, true],
      ['tank/a/b/c', 4, null],
      ['tank/a-b', 2, null],
      ['zoo', 1, null],
    ]);
  });
  it('hides all below what is closed, and nothing else that begins alike', () => {
    expect(shown(['tank/a']).map(([name]) => name)).toEqual(['tank', 'tank/a', 'tank/a-b', 'zoo']);
    expect(shown(['tank/a'])[1]).toEqual(['tank/a', 2, false]);
    expect(shown(['tank']).map(([name]) => name)).toEqual(['tank', 'zoo']);
  });
  it('shows what matches a filter flat, whatever is closed', () => {
    expect(shown(['tank'], 'b')).toEqual([
      ['tank/a/b', 1, null],
      ['tank/a/b/c', 1, null],
      ['tank/a-b', 1, null],
    ]);
  });
});

describe('closedAtFirst', () => {
  it('is nothing in a small tree', () => expect(closedAtFirst(names).size).toBe(0));
  it('is all but the pools in a large one', () => {
    const many = ['tank', ...Array.from({ length: 400 }, (_, index) => `tank/d${index}`)];
    expect(closedAtFirst(many).has('tank')).toBe(false);
    expect(closedAtFirst(many).size).toBe(400);
  });
});

it('above names what must be open', () => expect(above('tank/a/b')).toEqual(['tank', 'tank/a']));
