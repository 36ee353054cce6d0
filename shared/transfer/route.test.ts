import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { DIRECT_FROM, decideRoute, wantsDirect } from './route.ts';
import { facts, tools, way } from './testing/facts.ts';

const ask = (route: Plan['request']['route'], limit: number | null = null) => ({ route, limit });
const big = DIRECT_FROM;

describe('which route', () => {
  it.each([
    ['both ends on one machine', ask('auto'), 10, facts({ sameHost: true }), 'local'],
    ['small, and nobody looked for a way', ask('auto'), 10, facts(), 'relay'],
    ['one end is here', ask('auto'), big, facts({ here: 'one' }), 'relay'],
    ['large, and the source reaches it', ask('auto'), big, facts({ way }), 'direct'],
    ['large, and it does not', ask('auto'), big, facts({ tried: ['Nothing answers.'] }), 'relay'],
    ['a limit without pv', ask('auto', 1000), big, facts({ way }), 'relay'],
    ['a limit on one machine without pv', ask('auto', 1000), 10, facts({ sameHost: true }), 'relay'],
    ['a limit on this computer', ask('auto', 1000), 10, facts({ sameHost: true, here: 'both' }), 'local'],
    ['a limit that mbuffer can keep', ask('auto', 1000), big, facts({ way, tools: tools(['mbuffer']) }), 'direct'],
    [
      'both work, and the direct way was as fast',
      ask('auto'),
      big,
      facts({ way, samples: [{ compressor: null, rate: 110e6, share: 1 }], directBefore: 100e6 }),
      'direct',
    ],
    [
      'both work, and the direct way was slower',
      ask('auto'),
      big,
      facts({ way, samples: [{ compressor: null, rate: 130e6, share: 1 }], directBefore: 100e6 }),
      'relay',
    ],
    ['asked to relay', ask('relay'), big, facts({ sameHost: true, way }), 'relay'],
    ['direct from here is a relay', ask('direct'), big, facts({ here: 'one' }), 'relay'],
  ] as const)('%s', (_, asked, bytes, known, route) => {
    const choice = decideRoute(asked, bytes, known);
    expect(choice.route).toBe(route);
    expect(choice.sentence.toLowerCase().startsWith(route)).toBe(true);
    expect(choice.findings.filter(({ severity }) => severity === 'blocks')).toEqual([]);
  });

  it.each([
    ['direct, not reached', ask('direct'), facts({ tried: ['Nothing answers it.'] }), 'route-not-direct'],
    ['direct with a limit and no pv', ask('direct', 5), facts({ way }), 'limit-needs-pv'],
    ['local, two machines', ask('local'), facts(), 'route-not-local'],
    ['local, practice', ask('local'), facts({ sameHost: true, practice: true }), 'route-not-local'],
    ['local with a limit and no pv', ask('local', 5), facts({ sameHost: true }), 'limit-needs-pv'],
  ] as const)('%s blocks, and offers the relay', (_, asked, known, code) => {
    const [finding] = decideRoute(asked, big, known).findings;
    expect(finding).toMatchObject({ code, severity: 'blocks' });
    expect(finding?.fixes[0]?.change).toEqual({ route: 'relay' });
  });

  it('is looked for only where it may be taken', () => {
    expect(wantsDirect(ask('auto'), big, 'none')).toBe(true);
    expect(wantsDirect(ask('auto'), big - 1, 'none')).toBe(false);
    expect(wantsDirect(ask('auto'), null, 'none')).toBe(false);
    expect(wantsDirect(ask('direct'), 1, 'none')).toBe(true);
    expect(wantsDirect(ask('direct'), 1, 'one')).toBe(false);
    expect(wantsDirect(ask('relay'), big, 'none')).toBe(false);
  });
});
