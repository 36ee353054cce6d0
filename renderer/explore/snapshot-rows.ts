/** The snapshots and bookmarks of a dataset as rows: filtered, in an order. Pure, and quick for hundreds of thousands. */

import type { Pattern, SnapshotFilter } from '../../shared/model/filter.ts';
import type { Bookmark, Snapshot } from '../../shared/model/inventory.ts';
import { labelOf } from '../../shared/model/names.ts';
import type { Result } from '../../shared/model/result.ts';
import { byAge } from '../../shared/planning/by-age.ts';
import { compileFilter } from '../../shared/planning/snapshot-filter.ts';
import { dayEdge } from '../ui/days.ts';

export interface SnapshotRow {
  readonly kind: 'snapshot' | 'bookmark';
  readonly name: Snapshot['name'];
  readonly label: string;
  /** The label in lower case, folded once: a text is looked for at every key that is typed. */
  readonly folded: string;
  readonly guid: string;
  readonly createtxg: number;
  readonly creation: number | null;
  readonly used: number | null;
  readonly referenced: number | null;
  readonly holds: number | null;
}

export const PATTERN_KINDS = ['text', 'glob', 'regex'] as const;

export interface RowFilter {
  readonly kind: (typeof PATTERN_KINDS)[number];
  readonly text: string;
  /** `2026-11-22`, days of this computer, both inclusive; empty: open. */
  readonly since: string;
  readonly until: string;
  readonly isHeld: boolean;
}

export const everything: RowFilter = { kind: 'text', text: '', since: '', until: '', isHeld: false };

export type SortKey = 'label' | 'creation' | 'used' | 'referenced' | 'holds';
export interface Order {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

export function toRows(snapshots: readonly Snapshot[], bookmarks: readonly Bookmark[]): SnapshotRow[] {
  return [
    ...snapshots.map((snapshot) => {
      const label = labelOf(snapshot.name);
      return { ...snapshot, kind: 'snapshot' as const, label, folded: label.toLowerCase() };
    }),
    ...bookmarks.map((bookmark) => ({
      ...bookmark,
      folded: labelOf(bookmark.name).toLowerCase(),
      kind: 'bookmark' as const,
      // A filter looks at the label, which stands behind the mark of either kind.
      name: bookmark.name as string as Snapshot['name'],
      label: labelOf(bookmark.name),
      used: null,
      referenced: null,
      holds: null,
    })),
  ];
}

function patternOf({ kind, text }: RowFilter): Pattern[] {
  switch (kind) {
    case 'text':
      return [{ kind, text }];
    case 'glob':
      return [{ kind, glob: text }];
    case 'regex':
      return [{ kind, regex: text }];
  }
}

/** @returns the rows that pass, or a sentence that says what is wrong with the pattern */
export function filterRows(rows: readonly SnapshotRow[], filter: RowFilter): Result<readonly SnapshotRow[]> {
  const compiled: SnapshotFilter = {
    include: filter.text === '' || filter.kind === 'text' ? [] : patternOf(filter),
    exclude: [],
    since: dayEdge(filter.since, 'begin'),
    until: dayEdge(filter.until, 'end'),
  };
  const test = compileFilter(compiled);
  if (!test.ok) return test;
  const passes = test.value;
  const text = filter.kind === 'text' ? filter.text.toLowerCase() : '';
  return {
    ok: true,
    value: rows.filter((row) => row.folded.includes(text) && (!filter.isHeld || (row.holds ?? 0) > 0) && passes(row)),
  };
}

/** Ties, and what is not known, in the order of making. */
export function sortRows(rows: readonly SnapshotRow[], { key, isDescending }: Order): SnapshotRow[] {
  const sign = isDescending ? -1 : 1;
  const compare =
    key === 'label'
      ? (a: SnapshotRow, b: SnapshotRow) => (a.label < b.label ? -1 : a.label > b.label ? 1 : byAge(a, b))
      : key === 'creation'
        ? byAge
        : (a: SnapshotRow, b: SnapshotRow) => (a[key] ?? -1) - (b[key] ?? -1) || byAge(a, b);
  return [...rows].sort((a, b) => sign * compare(a, b));
}
