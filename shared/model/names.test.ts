import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BookmarkNameSchema,
  DatasetNameSchema,
  datasetOf,
  inPool,
  isWithin,
  labelOf,
  MAX_NAME_LENGTH,
  parentOf,
  parseBookmarkName,
  parseDatasetName,
  parseLabel,
  parseSnapshotName,
  poolOf,
  SnapshotNameSchema,
  snapshotOf,
} from './names.ts';
import type { Result } from './result.ts';

const errorOf = (result: Result<unknown>) => (result.ok ? null : result.error);
const ds = (text: string) => {
  const parsed = parseDatasetName(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('dataset names', () => {
  it.each([
    'tank',
    'tank/home',
    'S/ lead',
    'S/sp ace',
    'S/trailing ',
    'tank/a-b_c.d:e',
    'tank/0',
    'tank/...',
    'tank/.hidden',
    'Z',
    `tank/${'n'.repeat(MAX_NAME_LENGTH - 5)}`,
  ])('%j is one', (text) => {
    expect(parseDatasetName(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ['', 'is empty'],
    ['/tank', 'empty part'],
    ['tank/', 'empty part'],
    ['tank//home', 'empty part'],
    ['tank/./home', 'a part “.”'],
    ['tank/..', 'a part “..”'],
    ['0tank', 'does not start with a letter'],
    [' tank', 'does not start with a letter'],
    ['-R', 'does not start with a letter'],
    ['tank/%recv', '"%"'],
    ['tank/a+b', '"+"'],
    ['tank/ü', '"ü"'],
    ['tank/日本', '"日"'],
    ['tank/a\tb', '"\\t"'],
    ['tank/a\nb', '"\\n"'],
    ['tank/home\n', '"\\n"'],
    ['tank/a\u0000', '"\\u0000"'],
    ['tank/a\u00a0b', '"\u00a0"'],
    ['tank/a; rm -rf', '";"'],
    ["tank/it's", '"\'"'],
    ['tank/$(id)', '"$"'],
    ['tank/`id`', '"`"'],
    ['tank@snap', '"@"'],
    ['tank#mark', '"#"'],
    [`tank/${'n'.repeat(MAX_NAME_LENGTH - 4)}`, 'is 256 characters long'],
  ])('%j is none: %s', (text, fault) => {
    expect(errorOf(parseDatasetName(text))).toContain(fault);
  });

  it('a name that is accepted has nothing in it that a shell or an option parser could act on', () => {
    const character = fc.constantFrom(...'aZ09_-.:/ @#%;&|$`\'"\\\n\t\r\0\u00a0é日');
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        if (!parseDatasetName(text).ok) return;
        expect(text).toMatch(/^[A-Za-z][A-Za-z0-9_\-.: /]*$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('snapshot and bookmark names', () => {
  it.each(['tank@a', 'S/sp ace@x y', 'S/ lead@ s', 'tank/home@autosnap_2026-11-21_22:58:00_hourly', 'tank@-1'])(
    '%j is a snapshot',
    (text) => {
      expect(parseSnapshotName(text)).toEqual({ ok: true, value: text });
      expect(parseBookmarkName(text.replace('@', '#'))).toEqual({ ok: true, value: text.replace('@', '#') });
    },
  );

  it.each([
    ['tank', 'has no “@”'],
    ['tank@', 'is empty'],
    ['@a', 'is empty'],
    ['tank@a@b', '"@"'],
    ['tank@a/b', '"/"'],
    ['tank@a%b', '"%"'],
    ['tank@..', 'a part “..”'],
    ['tank#b', 'has no “@”'],
    ['tank#b@s', '"#"'],
    [`tank@${'s'.repeat(MAX_NAME_LENGTH - 4)}`, 'is 256 characters long'],
  ])('%j is no snapshot: %s', (text, fault) => {
    expect(errorOf(parseSnapshotName(text))).toContain(fault);
  });

  it('255 characters are counted over dataset and snapshot together', () => {
    const dataset = `tank/${'n'.repeat(200)}`;
    expect(parseSnapshotName(`${dataset}@${'s'.repeat(49)}`).ok).toBe(true);
    expect(parseSnapshotName(`${dataset}@${'s'.repeat(50)}`).ok).toBe(false);
  });

  it('are taken apart where they were put together', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9 /_.:-]{0,20}$/),
        fc.stringMatching(/^[a-zA-Z0-9 _.:-]{1,20}$/),
        (dataset, label) => {
          const [parsed, part] = [parseDatasetName(dataset), parseLabel(label)];
          if (!parsed.ok || !part.ok) return;
          const name = snapshotOf(parsed.value, part.value);
          expect([datasetOf(name), labelOf(name)]).toEqual([dataset, label]);
          expect(parseSnapshotName(name).ok).toBe(true);
        },
      ),
    );
  });
});

describe('places', () => {
  it.each([
    ['tank/home', 'tank', true],
    ['tank/home', 'tank/home', true],
    ['tank/home2', 'tank/home', false],
    ['tank', 'tank/home', false],
  ])('%s within %s: %s', (inner, outer, within) => {
    expect(isWithin(ds(inner), ds(outer))).toBe(within);
  });

  it('pool and parent', () => {
    expect(poolOf(ds('tank/a/b'))).toBe('tank');
    expect(poolOf(ds('tank'))).toBe('tank');
    expect(parentOf(ds('tank/a/b'))).toBe('tank/a');
    expect(parentOf(ds('tank'))).toBeNull();
    expect(inPool(ds('tank/a/b'), ds('backup'))).toBe('backup/a/b');
    expect(inPool(ds('tank'), ds('backup'))).toBe('backup');
  });
});

it('the schemas answer with the same sentences', () => {
  expect(DatasetNameSchema.parse('tank')).toBe('tank');
  expect(SnapshotNameSchema.safeParse('tank').error?.issues[0]?.message).toContain('has no “@”');
  expect(BookmarkNameSchema.safeParse('tank#a b').success).toBe(true);
});
