import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatasetName, Label } from '../../shared/model/names.ts';
import { readContent } from '../../shared/zfs/content.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { localShell } from '../ssh/index.ts';
import { beginning, compareLines, type Standing } from './compare-lines.ts';

async function compare(
  source: AsyncIterator<string, unknown>,
  destination: AsyncIterator<string, unknown>,
  from: Standing = beginning('entries'),
) {
  const standing = structuredClone(from);
  let records = 0;
  const parts: string[] = [];
  const complete = await compareLines(source, destination, standing, {
    onRecord: () => {
      records += 1;
    },
    onPart: ({ part }) => parts.push(part),
  });
  return { count: { ...standing, complete }, found: standing.found, records, parts };
}

async function* lines(...all: string[]): AsyncGenerator<string> {
  yield* all;
}
const PART = '\u001e';
const file = (path: string, hash = 'a') => `${hash.repeat(64)}  ${path}`;
const entry = (path: string, rest = 'f 644 0 0 1.5 10 ') => `${path}//${rest}`;
const whole = (entries: string[], files: string[]) => [
  `${PART}entries`,
  ...entries,
  `${PART}files`,
  ...files,
  `${PART}end`,
];

describe('two listings', () => {
  test('that are equal', async () => {
    const all = whole([entry('.', 'd 755 0 0 1 3 '), entry('./a'), entry('./b')], [file('./a'), file('./b')]);
    expect(await compare(lines(...all), lines(...all))).toMatchObject({
      found: [],
      records: 5,
      count: { entries: 3, files: 2, bytes: 20, complete: true, attributes: false },
    });
  });

  test('each kind of difference is found, and only that', async () => {
    const here = whole([entry('./a'), entry('./b'), entry('./c')], [file('./a'), file('./b'), file('./c')]);
    const there = whole(
      [entry('./b', 'f 600 0 0 1.5 10 '), entry('./c'), entry('./d')],
      [file('./b'), file('./c', 'f'), file('./d')],
    );
    const { found } = await compare(lines(...here), lines(...there));
    expect(
      found.map(({ part, path, source, destination }) => [part, path, source !== null, destination !== null]),
    ).toEqual([
      ['entries', './a', true, false],
      ['entries', './b', true, true],
      ['entries', './d', false, true],
      ['files', './a', true, false],
      ['files', './c', true, true],
      ['files', './d', false, true],
    ]);
  });

  test('of volumes, by their blocks', async () => {
    const block = (at: number, hash: string) => `${String(at).padStart(15, '0')}\t${hash} 16777216`;
    const side = (...hashes: string[]) =>
      lines(`${PART}blocks ${hashes.length}`, ...hashes.map((hash, at) => block(at, hash)), `${PART}end`);
    const totals: (number | null)[] = [];
    const standing = beginning('blocks');
    const onRecord = (_: Standing, total: number | null) => totals.push(total);
    expect(await compareLines(side('a', 'b', 'c'), side('a', 'x', 'c'), standing, { onRecord, onPart: () => {} })).toBe(
      true,
    );
    expect(standing).toMatchObject({ blocks: 3, bytes: 3 * 16777216, different: 1 });
    expect(standing.found).toEqual([
      { part: 'blocks', path: '000000000000001', source: 'b 16777216', destination: 'x 16777216' },
    ]);
    expect(totals).toEqual([3, 3, 3]);
  });

  test('the files of each side are counted, and their digests', async () => {
    const entries = [entry('./a'), entry('./b'), entry('./c'), entry('./l', 'l 777 0 0 1.5 1 ./a')];
    const [here, there] = [
      whole(entries, [file('./a'), file('./c')]),
      whole(
        entries,
        ['a', 'b', 'c'].map((one) => file(`./${one}`)),
      ),
    ];
    expect((await compare(lines(...here), lines(...there))).count).toMatchObject({
      sourceFiles: { regular: 3, digests: 2, last: './c' },
      destinationFiles: { regular: 3, digests: 3, last: './c' },
    });
  });

  test('a digest that is told again after a cut does not stand for a file that was never read', async () => {
    const files = { regular: 4, digests: 2, last: './c' };
    // Of ./a to ./d ./b could not be read on either side, so that going on behind two digests begins with ./c.
    const cut: Standing = { ...beginning('entries'), part: 'files', source: 2, destination: 2, entries: 4, files: 2 };
    const rest = () => lines(`${PART}files`, file('./c'), file('./d'), `${PART}end`);
    const from = { ...cut, sourceFiles: files, destinationFiles: { ...files } };
    expect((await compare(rest(), rest(), from)).count).toMatchObject({
      complete: true,
      sourceFiles: { regular: 4, digests: 3 },
      destinationFiles: { regular: 4, digests: 3 },
    });
  });

  test('behind the end of one side the other is not read', async () => {
    let read = 0;
    async function* endless() {
      yield* [`${PART}entries`, entry('./a'), `${PART}files`, file('./a')];
      for (;;) {
        read += 1;
        yield file(`./b${String(read).padStart(9, '0')}`);
        if (read > 100) throw new Error('read on');
      }
    }
    const { count } = await compare(lines(`${PART}entries`, entry('./a'), `${PART}files`, file('./a')), endless());
    expect(count.complete).toBe(false);
    expect(read).toBeLessThan(3);
  });

  test('attributes of one side alone are passed over', async () => {
    const [begin, end] = [[`${PART}entries`, `${PART}files`], [`${PART}end`]];
    const having = lines(...begin, `${PART}attributes`, '# file: ./a\tuser.x=0x00', ...end);
    expect(await compare(lines(...begin, ...end), having)).toMatchObject({
      found: [],
      count: { attributes: false, complete: true },
    });
  });

  test('attributes of both are compared', async () => {
    const side = (value: string) =>
      lines(`${PART}entries`, `${PART}files`, `${PART}attributes`, `# file: ./a\tuser.x=${value}`, `${PART}end`);
    expect(await compare(side('0x00'), side('0x01'))).toMatchObject({
      found: [{ part: 'attributes', path: './a', source: 'user.x=0x00', destination: 'user.x=0x01' }],
      count: { attributes: true, complete: true },
    });
  });

  test.each([
    ['in the entries', [`${PART}entries`, entry('./a')]],
    ['in the files', [`${PART}entries`, entry('./a'), entry('./b'), `${PART}files`, file('./a')]],
    ['before anything', []],
  ])('one that is cut %s is never complete', async (_, cut) => {
    const all = whole([entry('./a'), entry('./b')], [file('./a'), file('./b')]);
    expect((await compare(lines(...cut), lines(...all))).count.complete).toBe(false);
    expect((await compare(lines(...all), lines(...cut))).count.complete).toBe(false);
  });
});

describe.skipIf(process.platform !== 'linux')('two folders as hosts list them', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-content-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const NAMES = ['plain', 'with space', 'tab\there', 'line\nend', 'ümlaut', '-dash', 'quote\'"', 'a', 'a!', 'a\u0002'];
  function snapshot(name: string): string {
    const top = join(folder, name, '.zfs', 'snapshot', 'one');
    mkdirSync(join(top, 'sub'), { recursive: true });
    for (const one of NAMES) writeFileSync(join(top, one), `content of ${one}`);
    for (const one of NAMES) writeFileSync(join(top, 'sub', one), 'x');
    symlinkSync('plain', join(top, 'link'));
    for (const one of [...NAMES, ...NAMES.map((inner) => `sub/${inner}`), 'sub', '.'])
      utimesSync(join(top, one), 1e9, 1e9);
    return top;
  }
  const read = (name: string, from: Parameters<typeof readContent>[4] = { part: 'entries', skip: 0 }) =>
    localShell().lines(wireCommand(readContent([], 'tank/x' as DatasetName, 'one' as Label, join(folder, name), from)));
  /** The link's own time cannot be set from here. */
  const both = async () => {
    const { count, found } = await compare(read('here'), read('there'));
    return { count, found: found.filter(({ path }) => path !== './link') };
  };

  test('equal, whatever the names', async () => {
    snapshot('here');
    snapshot('there');
    expect(await both()).toMatchObject({
      found: [],
      count: {
        complete: true,
        files: 2 * NAMES.length,
        entries: 2 * NAMES.length + 3,
        sourceFiles: { regular: 2 * NAMES.length, digests: 2 * NAMES.length },
        destinationFiles: { regular: 2 * NAMES.length, digests: 2 * NAMES.length },
      },
    });
  });

  test('gone on with after so many files, the counts are those of one reading', async () => {
    snapshot('here');
    writeFileSync(join(snapshot('there'), 'with space'), 'content of WITH space');
    utimesSync(join(folder, 'there', '.zfs', 'snapshot', 'one', 'with space'), 1e9, 1e9);
    const whole = await compare(read('here'), read('there'));
    for (const part of ['files', 'attributes'] as const) {
      const standing: Standing = { ...whole.count, part, source: 7, destination: 7, different: 0, found: [] };
      const skip = part === 'files' ? 7 : 0;
      standing.files = part === 'files' ? 7 : whole.count.files;
      if (part === 'files') {
        // In the order of bytes the seventh name is this.
        const files = { ...whole.count.sourceFiles, digests: 7, last: './plain' };
        Object.assign(standing, { sourceFiles: files, destinationFiles: { ...files } });
      }
      const rest = await compare(read('here', { part, skip }), read('there', { part, skip }), standing);
      expect(rest.count).toMatchObject({ complete: true, files: whole.count.files, entries: whole.count.entries });
      expect(rest.count).toMatchObject({
        sourceFiles: whole.count.sourceFiles,
        destinationFiles: whole.count.destinationFiles,
      });
      expect(rest.parts[0]).toBe(part === 'files' || whole.count.attributes ? part : undefined);
      expect(rest.found.map(({ path }) => path)).toEqual(part === 'files' ? ['./with space'] : []);
    }
  });

  test('one byte, one mode and one time are seen', async () => {
    snapshot('here');
    const top = snapshot('there');
    writeFileSync(join(top, 'line\nend'), 'content of line\nenD');
    utimesSync(join(top, 'line\nend'), 1e9, 1e9);
    utimesSync(join(top, 'plain'), 1e9, 1e9 + 1);
    rmSync(join(top, 'sub', 'a!'));
    writeFileSync(join(top, 'sub', 'a!'), 'x', { mode: 0o600 });
    utimesSync(join(top, 'sub', 'a!'), 1e9, 1e9);
    utimesSync(join(top, 'sub'), 1e9, 1e9);
    const { found, count } = await both();
    expect(count.complete).toBe(true);
    expect(found.map(({ part, path }) => [part, path])).toEqual([
      ['entries', './plain'],
      ['entries', './sub/a!'],
      ['files', './line\nend'],
    ]);
  });
});
