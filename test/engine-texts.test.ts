/** The engine's sentences and their German: whatever it can say is said, and nothing stale is kept. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sayings, things } from '../renderer/texts/engine/de.ts';
import { learn, sayIn } from '../renderer/texts/engine/say.ts';
import { GAP, sentencesIn } from './engine-sentences.ts';

const root = path.join(import.meta.dirname, '..');
const sources = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'));

const engine = sources('{shared,electron}/**/*.ts').join('\n');
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
learn('de', sayings, things);
const all = [...sayings, ...things];

describe('each German sentence', () => {
  it.each(all)('%s: puts in what the English one has', (english, german) => {
    const known = new Set(placeholders(english));
    for (const name of placeholders(german)) expect(known).toContain(name);
    // What is left out is said again elsewhere in the sentence, or is grammar.
    expect(placeholders(english).length - placeholders(german).length).toBeLessThanOrEqual(1);
  });

  it.each(all)('%s: belongs to something that the engine still says', (english) => {
    // Singular and plural are put together from pieces there: a good part of the words is enough.
    const pieces = english.split(/\{\w+\}/).flatMap((piece) => piece.split(/(?<=[:;,.]) /));
    const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '').trim();
    const words = longest.split(' ');
    const isThere = words.some((_, from) => {
      const some = words
        .slice(from, from + Math.min(2, words.length))
        .join(' ')
        .replace(/[:;,.]$/, '');
      return words.length - from >= Math.min(2, words.length) && engine.includes(some);
    });
    expect(isThere, longest).toBe(true);
  });
});

describe('what planning says', () => {
  /** Of literals without conditions inside; the others are put together from several sentences. */
  const LITERAL = /\b(?:message|label|detail|title): (?:'((?:[^'\\\n])+)'|`((?:[^`$\\]|\$\{(?:[^{}`?'])*\})+)`)/g;
  const literals = sources('shared/planning/**/*.ts').flatMap((text) =>
    [...text.matchAll(LITERAL)].map(([, plain, template]) =>
      (plain ?? template ?? '')
        // A further sentence behind the last one.
        .replace(/(?<=[.:])\$\{[^{}]*\}$/, '')
        .replaceAll(/\$\{[^{}]*\}/g, 'tank/x1'),
    ),
  );

  /** Sentences that never stand alone: their beginning is put together elsewhere. */
  const PIECES = new Set(['tank/x1 was changed after tank/x1:', 'tank/x1 The same goes for tank/x1 more datasets.']);

  it('was found', () => expect(literals.length).toBeGreaterThan(60));

  it.each([...new Set(literals)].filter((literal) => !PIECES.has(literal)))('%s', (english) =>
    expect(sayIn('de', english)).not.toBe(english),
  );
});

describe('what hosts, connections, runs and ZFS say', () => {
  const FOLDERS = '{shared/{model,transfer,zfs},electron/{hosts,ssh,runs,transfer,verify,api}}/**/*.ts';
  const files = [...globSync([FOLDERS, 'electron/*.ts'], { cwd: root })].filter(
    (file) => !/\.test\.ts$|\/testing\//.test(file),
  );
  const found = new Set(
    files.flatMap((file) => sentencesIn(path.basename(file), readFileSync(path.join(root, file), 'utf8'))),
  );

  /** The same in German, or ssh2's own words with a number behind them. */
  const SAME = new Set(['ZFS', 'Pools', `Pool ${GAP}`, `${GAP} (reason ${GAP})`, `${GAP}\nConnection timed out.`]);

  /** Where more than names and numbers is put in: how it can turn out. */
  const WHOLE: Readonly<Record<string, readonly string[]>> = {
    [`${GAP} on ${GAP}.${GAP}`]: [
      'OpenZFS 2.3.9 on Linux 6.12. Its kernel module is 2.3.9.',
      'illumos ZFS on SunOS 5.11.',
      'Solaris ZFS on SunOS 5.11.',
      'an early ZFS (pool version 28 or before) on Linux 6.12.',
    ],
    [`Through zfs allow, ${GAP} may ${GAP} ${GAP}.`]: [
      'Through zfs allow, ann may send from tank.',
      'Through zfs allow, ann may receive below tank.',
    ],
    [`Through zfs allow, ${GAP} may ${GAP} ${GAP}, lacking ${GAP}.`]: [
      'Through zfs allow, ann may send from tank, lacking hold.',
      'Through zfs allow, ann may receive below tank, lacking mount.',
    ],
    [`Through zfs allow, ${GAP} may not yet ${GAP} ${GAP}, lacking ${GAP}.`]: [
      'Through zfs allow, ann may not yet send from tank, lacking send.',
      'Through zfs allow, ann may not yet receive below tank, lacking receive.',
    ],
    // What it may not yet do is lacking something.
    [`Through zfs allow, ${GAP} may not yet ${GAP} ${GAP}.`]: [],
    [`Nothing was written to ${GAP}.`]: [
      'Nothing was written to the copy since its newest snapshot.',
      'Nothing was written to the copies since their newest snapshots.',
    ],
    [`${GAP} were written to ${GAP}.`]: [
      '3 KiB were written to the copy since its newest snapshot.',
      '3 KiB were written to the copies since their newest snapshots.',
    ],
    [`The dataset name ${GAP} ${GAP}.`]: [
      'The dataset name "" is empty.',
      'The dataset name "a//b" has an empty part.',
      'The dataset name "a/.." has a part “..”.',
      'The dataset name "a/?" has the character "?", which ZFS does not allow in names.',
      'The dataset name "1a" does not start with a letter, as a pool name must.',
    ],
    [`The snapshot name ${GAP} ${GAP}.`]: ['The snapshot name "" is empty.'],
    [`The ${GAP} name ${GAP} ${GAP}.`]: ['The bookmark name "a" is 300 characters long; ZFS allows 255.'],
    [`The ${GAP} have no ${GAP}, which was to compress the stream.`]: [
      'The source and the destination have no zstd, which was to compress the stream.',
    ],
    [`The ${GAP} has no ${GAP}, which was to compress the stream.`]: [
      'The source has no zstd, which was to compress the stream.',
      'The destination has no zstd, which was to compress the stream.',
    ],
    [`Not compressed in transit: a sample came through at ${GAP}.`]: [
      'Not compressed in transit: a sample came through at 3 MiB/s with lz4 through this computer, 3 MiB/s as it is.',
    ],
    [`Compressed with ${GAP} in transit: a sample came through at ${GAP}, with ${GAP} % of its bytes on the wire.`]: [
      'Compressed with lz4 in transit: a sample came through at 3 MiB/s with lz4, 1 MiB/s as it is, with 30 % of its bytes on the wire.',
    ],
    [`On the ${GAP} route the bytes do not come through this computer, and the source has neither pv nor mbuffer that could limit them.`]:
      ['local', 'direct'].map(
        (route) =>
          `On the ${route} route the bytes do not come through this computer, and the source has neither pv nor mbuffer that could limit them.`,
      ),
    [`Direct: the source reaches the destination itself, which spares this computer’s network (${GAP}).`]: [
      'Direct: the source reaches the destination itself, which spares this computer’s network (it ran at 3 MiB/s last time).',
    ],
  };

  /** A value can be a name, or nothing where a further sentence may stand. */
  function fillings(sentence: string): string[] {
    const gaps = Math.min(sentence.split(GAP).length - 1, 6);
    return Array.from({ length: 2 ** gaps }, (_, empty) => {
      let at = 0;
      return sentence.replaceAll(GAP, () => ((empty >> at++) & 1 ? '' : 'tank/x1')).trim();
    });
  }

  /** True if no sentence of it is left as it was. */
  function isSaid(english: string): boolean {
    const german = sayIn('de', english);
    return german !== english && !english.split(/(?<=[.!?]) /).some((one) => one.includes(' ') && german.includes(one));
  }

  it('was found', () => expect(found.size).toBeGreaterThan(400));

  it.each([...found].filter((sentence) => !SAME.has(sentence)))('%s', (sentence) => {
    const whole = WHOLE[sentence];
    if (whole === undefined) expect(fillings(sentence).some(isSaid)).toBe(true);
    else expect(whole.filter((english) => !isSaid(english))).toEqual([]);
  });

  it('is no longer excepted once it is gone', () =>
    expect([...SAME, ...Object.keys(WHOLE)].filter((sentence) => !found.has(sentence))).toEqual([]));
});

it('leaves what it does not know as it is, sentence by sentence', () => {
  expect(sayIn('de', 'Nobody ever said this. It is there.')).toBe('Nobody ever said this. Er ist da.');
  expect(sayIn('en', 'It is there.')).toBe('It is there.');
  expect(sayIn('de', 'zfs: cannot open')).toBe('zfs: cannot open');
});

it('puts names in where German has them', () => {
  expect(sayIn('de', 'Rename the old copy to backup/a-old-2026 and copy again')).toBe(
    'Die alte Kopie in backup/a-old-2026 umbenennen und neu kopieren',
  );
});
