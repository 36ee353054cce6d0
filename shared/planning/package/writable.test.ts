import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../model/inventory.ts';
import type { RequestParts } from '../testing/inventories.ts';
import { codesOf, findingOf, laptop, nas, planOf, zfsFuse } from '../testing/inventories.ts';

/** An update of one copy. */
function update(copy: Partial<Dataset>, request: RequestParts = {}, zfs = nas(['a']).zfs) {
  const there = nas(['a'], copy);
  return planOf({ source: laptop(['a', 'b']), destination: { ...there, zfs }, request });
}

describe('an existing copy that anybody can write to', () => {
  it('is warned of, with the way out', () => {
    const finding = findingOf(update({ readonly: false }), 'copy-writable');
    expect(finding.severity).toBe('warns');
    expect(finding.fixes[0]?.command?.argv).toEqual(['zfs', 'set', 'readonly=on', 'backup/home']);
  });

  it.each([
    ['it is read-only', update({ readonly: true })],
    [
      'that was asked for',
      update({ readonly: false }, { receive: { readonly: 'leave', mount: false, set: [], skip: [] } }),
    ],
    ['nothing is sent', planOf({ source: laptop(['a']), destination: nas(['a'], { readonly: false }) })],
    ['its tools do not tell', update({ readonly: false }, {}, zfsFuse)],
  ])('is not spoken of where %s', (_, plan) => {
    expect(codesOf(plan)).not.toContain('copy-writable');
  });
});
