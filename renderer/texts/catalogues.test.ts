import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';

/** Every text by its key, `wizard.readingHost`. */
function flat(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
    ),
  );
}

const english = flat(en);
const german = flat(de);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

/** Words that are the same in both languages, names, and what is typed. */
const SAME = new Set([
  'app.name',
  'app.version',
  'ui.nothing',
  'ui.copiedWhat',
  'review.about',
  'explore.copiedTo',
  'addHost.addressExample',
  'hosts.practiceCommand',
  'transfer.windowTitle',
]);

describe('the German catalogue', () => {
  it('has the keys of the English one', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english])('%s has the same placeholders and is empty only where the English is', (key, text) => {
    const translated = german.get(key) ?? '';
    // “{{count}} more” can be said without the figure in one of two forms, but never with another figure.
    expect(placeholders(translated)).toEqual(placeholders(text));
    expect(translated === '').toBe(text === '');
  });

  it('leaves no sentence in English', () => {
    const untouched = [...english].filter(
      ([key, text]) => text.split(' ').length > 3 && german.get(key) === text && !SAME.has(key),
    );
    expect(untouched).toEqual([]);
  });
});

it('has one German word for a host key, and no browser engine that is a machine', () => {
  const texts = [...german.values()];
  expect(texts.filter((text) => text.includes('Hostschlüssel'))).toEqual([]);
  expect(german.get('settings.engine')).toBe('Browser-Engine');
  expect(german.get('settings.lead')).toContain('auch nach einem Neustart');
});

it('has no key that lacks one of its plural forms', () => {
  const bases = [...english.keys()]
    .filter((key) => /_(one|other)$/.test(key))
    .map((key) => key.replace(/_(one|other)$/, ''));
  for (const base of bases) {
    expect([base, english.has(`${base}_one`), english.has(`${base}_other`)]).toEqual([base, true, true]);
  }
});
