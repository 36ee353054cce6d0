import { expect, it } from 'vitest';
import type { Pattern } from '../../shared/model/filter.ts';
import { asPatterns, newRow, rowOf } from './pattern-rows.ts';

const patterns: readonly Pattern[] = [
  { kind: 'text', text: 'daily' },
  { kind: 'glob', glob: 'auto-*' },
  { kind: 'regex', regex: '^a' },
  { kind: 'scheme', scheme: 'zrepl' },
];

it('makes rows of patterns and patterns of rows', () => expect(asPatterns(patterns.map(rowOf))).toEqual(patterns));

it('lets a row that is still empty count for nothing', () => {
  expect(asPatterns([newRow, { ...newRow, kind: 'regex' }, { ...newRow, kind: 'scheme' }])).toEqual([
    { kind: 'scheme', scheme: 'sanoid' },
  ]);
});
