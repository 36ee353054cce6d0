/** Which snapshots a filter lets through. */
import type { Pattern, SnapshotFilter } from '../model/filter.ts';
import type { Snapshot } from '../model/inventory.ts';
import { labelOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import { err, ok, type Result } from '../model/result.ts';
import { blocks } from './findings.ts';
import { matchesGlob } from './glob.ts';
import { followsScheme } from './naming-schemes.ts';

/** True for a snapshot that the filter lets through. */
export type SnapshotTest = (snapshot: Pick<Snapshot, 'name' | 'creation'>) => boolean;

type LabelTest = (label: string) => boolean;

function regexTest(regex: string): Result<LabelTest> {
  try {
    const compiled = new RegExp(regex, 'u');
    return ok((label) => compiled.test(label));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return err(`${JSON.stringify(regex)} is not a regular expression: ${why}.`);
  }
}

function labelTest(pattern: Pattern): Result<LabelTest> {
  switch (pattern.kind) {
    case 'text': {
      const wanted = pattern.text.toLowerCase();
      return ok((label) => label.toLowerCase().includes(wanted));
    }
    case 'glob':
      return ok((label) => matchesGlob(pattern.glob, label));
    case 'regex':
      return regexTest(pattern.regex);
    case 'scheme':
      return ok((label) => followsScheme(pattern.scheme, label));
  }
}

function labelTests(patterns: readonly Pattern[]): Result<LabelTest[]> {
  const tests: LabelTest[] = [];
  for (const pattern of patterns) {
    const test = labelTest(pattern);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  return ok(tests);
}

/**
 * @param filter null: everything passes
 * @returns a test to be asked many times, or a sentence that names the pattern that cannot be used. A snapshot whose
 *   time is not known passes no range of time.
 */
export function compileFilter(filter: SnapshotFilter | null): Result<SnapshotTest> {
  if (filter === null) return ok(() => true);
  const { since, until } = filter;
  const include = labelTests(filter.include);
  if (!include.ok) return include;
  const exclude = labelTests(filter.exclude);
  if (!exclude.ok) return exclude;
  const inTime = ({ creation }: Pick<Snapshot, 'creation'>): boolean =>
    (since === null && until === null) ||
    (creation !== null && (since === null || creation >= since) && (until === null || creation <= until));
  return ok((snapshot) => {
    if (!inTime(snapshot)) return false;
    const label = labelOf(snapshot.name);
    return (
      (include.value.length === 0 || include.value.some((test) => test(label))) &&
      !exclude.value.some((test) => test(label))
    );
  });
}

const compiled = new WeakMap<SnapshotFilter, Result<SnapshotTest>>();

function compiledOnce(filter: SnapshotFilter): Result<SnapshotTest> {
  const known = compiled.get(filter) ?? compileFilter(filter);
  compiled.set(filter, known);
  return known;
}

/** Lets nothing through where a pattern cannot be used; {@link checkFilter} says so. */
export function matchesFilter(filter: SnapshotFilter, snapshot: Pick<Snapshot, 'name' | 'creation'>): boolean {
  const test = compiledOnce(filter);
  return test.ok && test.value(snapshot);
}

/** A finding that blocks where a pattern cannot be used. */
export function checkFilter(filter: SnapshotFilter | null): Finding[] {
  const test = filter === null ? null : compiledOnce(filter);
  if (filter === null || test === null || test.ok) return [];
  return [
    blocks('filter-unusable', {
      message: test.error,
      evidence: { include: filter.include, exclude: filter.exclude },
      fixes: [
        {
          label: 'Bring every snapshot',
          detail: 'Without a filter nothing is left out.',
          change: { filter: null },
          destructive: false,
        },
      ],
    }),
  ];
}
