import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pattern, SnapshotFilter } from '../model/filter.ts';
import { matchesGlob } from './glob.ts';
import { followsScheme } from './naming-schemes.ts';
import { checkFilter, compileFilter, matchesFilter } from './snapshot-filter.ts';
import { snap } from './testing/inventories.ts';

const open: SnapshotFilter = { include: [], exclude: [], since: null, until: null };

/** What passes of `labels`; times are 100, 200, … in their order. */
function passing(filter: Partial<SnapshotFilter>, labels: readonly string[]): string[] {
  const test = compileFilter({ ...open, ...filter });
  if (!test.ok) throw new Error(test.error);
  return labels.filter((label, at) => test.value({ name: snap(`tank/a@${label}`), creation: (at + 1) * 100 }));
}

describe('schemes', () => {
  it.each([
    ['sanoid', 'autosnap_2026-11-21_22:30:01_hourly'],
    ['sanoid', 'autosnap_2026-11-21_22:30:01_frequently'],
    ['sanoid', 'autosnap_2026-01-01_00:00:00_yearly'],
    ['zrepl', 'zrepl_20220920_092503_000'],
    ['zrepl', 'zrepl_2026-11-21_22:30:01'],
    ['zrepl', 'zrepl_2026-11-21T22:30:01.000Z'],
    ['zrepl', 'zrepl_2024-05-14T23:16:23.000_0200'],
    ['zrepl', 'zrepl_1763764201'],
    ['zfs-auto-snapshot', 'zfs-auto-snap_hourly-2020-08-03-1117'],
    ['zfs-auto-snapshot', 'zfs-auto-snap_my-own_label-2020-08-03-1117'],
    ['zfs-auto-snapshot', 'zfs-auto-snap-2020-08-03-1117'],
    ['zfs-auto-snapshot', 'zfs-auto-snap_hourly-2012-03-12-09h00'],
    ['zfs-auto-snapshot', 'zfs-auto-snap:hourly-2009-01-01-12:00'],
    ['zfs_autobackup', 'offsite1-20200218180123'],
    ['zfs_autobackup', 'a-b-20200218180123'],
    ['sluice', 'sluice-2026-11-21_223001'],
  ] as const)('%s calls a snapshot %s, and no other scheme does', (scheme, label) => {
    expect(followsScheme(scheme, label)).toBe(true);
    for (const other of ['sanoid', 'zrepl', 'zfs-auto-snapshot', 'zfs_autobackup', 'sluice'] as const)
      expect([other, followsScheme(other, label)]).toEqual([other, other === scheme]);
  });

  it.each([
    ['sanoid', 'autosnap_2026-11-21_22:30:01_fortnightly'],
    ['sanoid', 'syncoid_nas_2026-11-21:22:30:01-GMT01:00'],
    ['sanoid', 'my autosnap_2026-11-21_22:30:01_hourly'],
    ['zrepl', 'zrepl_before-upgrade'],
    ['zrepl', 'zrepl_20220920_092503'],
    ['zfs-auto-snapshot', 'zfs-auto-snap_hourly'],
    ['zfs-auto-snapshot', 'zfs-auto-snap_hourly-2020-08-03-1117-kept'],
    ['zfs_autobackup', '-20200218180123'],
    ['zfs_autobackup', 'offsite1-2020021818012'],
    ['sluice', 'sluice-monday'],
  ] as const)('%s does not call one %s', (scheme, label) => {
    expect(followsScheme(scheme, label)).toBe(false);
  });
});

describe('patterns', () => {
  const labels = ['daily-1', 'Daily-2', 'hourly-1', 'x.daily'];
  it.each<[Pattern, string[]]>([
    [{ kind: 'text', text: 'DAILY' }, ['daily-1', 'Daily-2', 'x.daily']],
    [{ kind: 'glob', glob: 'daily-?' }, ['daily-1']],
    [{ kind: 'glob', glob: '*-1' }, ['daily-1', 'hourly-1']],
    [{ kind: 'glob', glob: 'daily' }, []],
    [{ kind: 'glob', glob: '?.*' }, ['x.daily']],
    [{ kind: 'regex', regex: '^[dh]' }, ['daily-1', 'hourly-1']],
    [{ kind: 'regex', regex: 'ly$' }, ['x.daily']],
  ])('%j lets through %j', (pattern, passed) => {
    expect(passing({ include: [pattern] }, labels)).toEqual(passed);
    expect(passing({ exclude: [pattern] }, labels)).toEqual(labels.filter((label) => !passed.includes(label)));
  });

  it.each(['(', '[z-a]', '\\', '*', 'a{2', '(?<n>x)(?<n>y)'])(
    'the broken expression %s is told of, and nothing is thrown',
    (regex) => {
      for (const filter of [
        { include: [{ kind: 'regex' as const, regex }] },
        { exclude: [{ kind: 'regex' as const, regex }] },
      ]) {
        const test = compileFilter({ ...open, ...filter });
        expect(test).toEqual({ ok: false, error: expect.stringContaining(JSON.stringify(regex)) });
      }
    },
  );

  it('a plan with a broken expression is blocked, and nothing passes meanwhile', () => {
    const broken = { ...open, include: [{ kind: 'regex' as const, regex: '(' }] };
    expect(checkFilter(broken)).toMatchObject([
      { code: 'filter-unusable', severity: 'blocks', fixes: [{ change: { filter: null } }] },
    ]);
    expect(matchesFilter(broken, { name: snap('tank/a@x'), creation: 1 })).toBe(false);
    for (const usable of [null, open, { ...open, exclude: [{ kind: 'regex' as const, regex: '[(]' }] }])
      expect(checkFilter(usable)).toEqual([]);
    expect(matchesFilter(open, { name: snap('tank/a@x'), creation: 1 })).toBe(true);
  });

  it('what is excluded stays out even where it is included', () => {
    const include: Pattern[] = [{ kind: 'text', text: 'daily' }];
    expect(passing({ include, exclude: [{ kind: 'glob', glob: '*2' }] }, labels)).toEqual(['daily-1', 'x.daily']);
  });
});

describe('times', () => {
  const labels = ['a', 'b', 'c', 'd'];
  it.each<[number | null, number | null, string[]]>([
    [null, null, labels],
    [200, null, ['b', 'c', 'd']],
    [201, null, ['c', 'd']],
    [null, 300, ['a', 'b', 'c']],
    [200, 300, ['b', 'c']],
    [300, 200, []],
  ])('from %s to %s', (since, until, passed) => {
    expect(passing({ since, until }, labels)).toEqual(passed);
  });

  it('a snapshot of unknown age passes where no age is asked for, and only there', () => {
    const snapshot = { name: snap('tank/a@x'), creation: null };
    for (const [filter, passes] of [
      [open, true],
      [{ ...open, since: 0 }, false],
      [{ ...open, until: 9 }, false],
    ] as const) {
      const test = compileFilter(filter);
      expect(test.ok && test.value(snapshot)).toBe(passes);
    }
  });
});

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 8 });
const globs = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?'), minLength: 1, maxLength: 6 });

describe('whatever the pattern', () => {
  it('a glob matches what the regular expression with the same meaning matches', () => {
    fc.assert(
      fc.property(globs, letters, (glob, text) => {
        const meaning = new RegExp(`^${glob.replaceAll('-', '\\-').replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesGlob(glob, text)).toBe(meaning.test(text));
      }),
      { numRuns: 500 },
    );
  });

  it('a glob of many stars is answered at once', () => {
    expect(matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(255))).toBe(false);
  });

  const pattern: fc.Arbitrary<Pattern> = fc.oneof(
    letters.map((text) => ({ kind: 'text' as const, text })),
    globs.map((glob) => ({ kind: 'glob' as const, glob })),
    letters.map((regex) => ({ kind: 'regex' as const, regex })),
    fc.constantFrom('sanoid', 'zrepl', 'sluice').map((scheme) => ({ kind: 'scheme' as const, scheme }) as Pattern),
  );
  const time = fc.option(fc.nat(1000));
  const filters = fc.record({ include: fc.array(pattern), exclude: fc.array(pattern), since: time, until: time });

  it('asking for more lets no more through, excluding more neither, and a pattern lets through or keeps out, never both', () => {
    fc.assert(
      fc.property(filters, pattern, fc.uniqueArray(letters), (filter, more, labels) => {
        const all = passing(filter, labels);
        const fewer = passing({ ...filter, exclude: [...filter.exclude, more] }, labels);
        expect(all).toEqual(expect.arrayContaining(fewer));
        const wider = passing({ ...filter, include: [...filter.include, more] }, labels);
        if (filter.include.length > 0) expect(wider).toEqual(expect.arrayContaining(all));
        else expect(all).toEqual(expect.arrayContaining(wider));
        const only = passing({ include: [more] }, labels);
        const without = passing({ exclude: [more] }, labels);
        expect([...only, ...without].sort()).toEqual([...labels].sort());
      }),
    );
  });
});
