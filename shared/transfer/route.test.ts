import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { laptop, nas, planOf } from '../planning/testing/inventories.ts';
import type { DirectWay } from './direct.ts';
import { DIRECT_FROM, decideRoute, onRouteOf, type RouteFacts, wantsDirect } from './route.ts';

const way: DirectWay = {
  user: 'root',
  address: '10.0.0.7',
  port: 22,
  hostKey: { type: 'ssh-ed25519', blob: 'AAAA' },
  knownHostsCommand: true,
};
const facts = (changes: Partial<RouteFacts> = {}): RouteFacts => ({
  sameHost: false,
  here: 'none',
  practice: false,
  tools: { tells: true, pv: false, elevated: false },
  way: null,
  tried: [],
  ...changes,
});
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

describe('a plan on its route', () => {
  const plan = planOf({
    source: laptop(['a', 'b']),
    destination: nas(['a']),
    measured: [{ total: 100, parts: [100] }],
  });
  const on = (route: Plan['request']['route'], known: RouteFacts, limit: number | null = null) => {
    const asked = { ...plan, request: { ...plan.request, route, limit } };
    return onRouteOf(asked, decideRoute(asked.request, 100, known), known);
  };
  const sendOf = (routed: Plan) => routed.steps.find(({ kind }) => kind === 'send-receive')?.commands ?? [];
  const programs = (routed: Plan) =>
    sendOf(routed).map(({ argv }) => argv.slice(0, argv[0] === 'zfs' ? 3 : 2).join(' '));

  it('relay: untouched', () => {
    expect(on('relay', facts())).toMatchObject({ route: 'relay', steps: plan.steps });
  });

  it('local: the send tells its progress, nothing between', () => {
    const routed = on('local', facts({ sameHost: true }));
    expect(programs(routed)).toEqual(['zfs send -vP', 'zfs receive -s']);
    expect(routed.choices.at(-1)).toContain('Local');
  });

  it('local with elevation: a process of the user’s own stands between, so that the pipe can be ended', () => {
    const tools = { tells: true, pv: false, elevated: true };
    expect(programs(on('local', facts({ sameHost: true, tools })))).toEqual(['zfs send -vP', 'cat', 'zfs receive -s']);
  });

  it('local without a send that tells: pv counts, and limits', () => {
    const tools = { tells: false, pv: true, elevated: false };
    const commands = sendOf(on('local', facts({ sameHost: true, tools }), 5000));
    expect(commands[1]?.argv).toEqual(['pv', '-n', '-b', '-i', '1', '-L', '5000']);
    expect(commands[0]?.argv).not.toContain('-vP');
  });

  it('this computer’s own pipe leads through Sluice where that limits or counts it', () => {
    const here = { sameHost: true, here: 'both' } as const;
    expect(on('local', facts(here), 5000).steps).toEqual(plan.steps);
    expect(on('local', facts({ ...here, tools: { tells: false, pv: false, elevated: false } })).steps).toEqual(
      plan.steps,
    );
    expect(programs(on('local', facts(here)))).toEqual(['zfs send -vP', 'zfs receive -s']);
  });

  it('direct: let in, sent through the source’s ssh, taken out', () => {
    const routed = on('direct', facts({ way }));
    const at = routed.steps.findIndex(({ kind }) => kind === 'send-receive');
    expect(routed.steps.slice(at - 1, at + 2).map(({ kind, essential }) => [kind, essential])).toEqual([
      ['authorize', true],
      ['send-receive', true],
      ['revoke', false],
    ]);
    const [send, ssh, receive] = sendOf(routed);
    expect([send?.host, ssh?.host, receive?.host]).toEqual(['laptop', 'laptop', 'nas']);
    expect(ssh?.argv[0]).toBe('ssh');
    // What the key forces is what is shown as the receive.
    const [authorize, revoke] = [routed.steps[at - 1]?.commands[0], routed.steps[at + 1]?.commands[0]];
    expect(authorize?.argv.at(-2)).toContain(receive?.argv.join(' '));
    expect(authorize?.argv.at(-1)).toBe(revoke?.argv.at(-1));
    expect(authorize?.host).toBe('nas');
  });

  it('a route that does not work leaves the plan blocked', () => {
    expect(on('direct', facts())).toMatchObject({ ready: false, route: 'direct', steps: plan.steps });
  });
});
