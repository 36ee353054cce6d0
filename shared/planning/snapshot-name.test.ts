import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLabel } from '../model/names.ts';
import { followsScheme } from './naming-schemes.ts';
import { DEFAULT_TEMPLATE, nameSnapshot } from './snapshot-name.ts';

const when = new Date('2026-03-09T04:05:06.789Z');
const named = (template: string, at = when) => {
  const name = nameSnapshot(template, at);
  return name.ok ? name.value : name.error;
};

describe('templates', () => {
  it.each([
    [DEFAULT_TEMPLATE, 'sluice-2026-03-09_040506'],
    ['%Y%m%d', '20260309'],
    ['before upgrade', 'before upgrade'],
    ['t%s', 't1773029106'],
    ['%H:%M:%S', '04:05:06'],
    ['%Y-%Y', '2026-2026'],
  ])('%s gives %s', (template, name) => {
    expect(named(template)).toBe(name);
  });

  it.each(['', '%', '%%', '%x', 'a%', 'a/%Y', 'a@b', '%Y%constructor', 'ä', '.', 'x'.repeat(256)])(
    '%j is refused with a sentence',
    (template) => {
      expect(nameSnapshot(template, when)).toEqual({
        ok: false,
        error: expect.stringMatching(/^The snapshot name .+\.$/s),
      });
    },
  );

  it('whatever the template, what comes out is a name that ZFS takes', () => {
    const templates = fc.string({
      unit: fc.constantFrom('a', '%Y', '%m', '%S', '%', '-', '_', '/', ' ', '@'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        templates,
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        (template, at) => {
          const name = nameSnapshot(template, at);
          if (name.ok) expect(parseLabel(name.value).ok).toBe(true);
        },
      ),
    );
  });

  it('default names are recognised again, and sort as time goes', () => {
    const time = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [first, second] = [a, b].sort((x, y) => x - y).map((at) => named(DEFAULT_TEMPLATE, new Date(at * 1000)));
        expect(followsScheme('sluice', first ?? '')).toBe(true);
        expect((first ?? '') <= (second ?? '')).toBe(true);
        expect(first === second).toBe(a === b);
      }),
    );
  });
});
