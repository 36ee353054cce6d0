/** The engine's sentences and their German: what planning says is all said, and nothing stale is kept. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../renderer/texts/engine/de/checks.ts';
import { failures } from '../renderer/texts/engine/de/failures.ts';
import { findings } from '../renderer/texts/engine/de/findings.ts';
import { fixes } from '../renderer/texts/engine/de/fixes.ts';
import { steps } from '../renderer/texts/engine/de/steps.ts';
import { sayIn } from '../renderer/texts/engine/say.ts';

const root = path.join(import.meta.dirname, '..');
const sources = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'));

const engine = sources('{shared,electron}/**/*.ts').join('\n');
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
const all = [...findings, ...fixes, ...steps, ...checks, ...failures];

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
      const some = words.slice(from, from + Math.min(2, words.length)).join(' ');
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
  const PIECES = new Set(['tank/x1 was changed after tank/x1:', 'tank/x1 The same is so for tank/x1 more datasets.']);

  it('was found', () => expect(literals.length).toBeGreaterThan(60));

  it.each([...new Set(literals)].filter((literal) => !PIECES.has(literal)))('%s', (english) =>
    expect(sayIn('de', english)).not.toBe(english),
  );
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
