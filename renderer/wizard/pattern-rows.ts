/** Patterns as rows of a form, where one may still be empty. Pure. */
import type { NamingScheme, Pattern } from '../../shared/model/filter.ts';

export const PATTERN_KINDS = ['text', 'glob', 'regex', 'scheme'] as const;

export interface PatternRow {
  readonly kind: (typeof PATTERN_KINDS)[number];
  /** Of the kinds that are typed. */
  readonly text: string;
  /** Of the kind `scheme`. */
  readonly scheme: NamingScheme;
}

export const newRow: PatternRow = { kind: 'glob', text: '', scheme: 'sanoid' };

export function rowOf(pattern: Pattern): PatternRow {
  switch (pattern.kind) {
    case 'text':
      return { ...newRow, kind: 'text', text: pattern.text };
    case 'glob':
      return { ...newRow, kind: 'glob', text: pattern.glob };
    case 'regex':
      return { ...newRow, kind: 'regex', text: pattern.regex };
    case 'scheme':
      return { ...newRow, kind: 'scheme', scheme: pattern.scheme };
  }
}

function patternOf({ kind, text, scheme }: PatternRow): Pattern | null {
  if (kind === 'scheme') return { kind, scheme };
  if (text === '') return null;
  switch (kind) {
    case 'text':
      return { kind, text };
    case 'glob':
      return { kind, glob: text };
    case 'regex':
      return { kind, regex: text };
  }
}

/** @returns one for each row that says something */
export const asPatterns = (rows: readonly PatternRow[]): Pattern[] => rows.flatMap((row) => patternOf(row) ?? []);
