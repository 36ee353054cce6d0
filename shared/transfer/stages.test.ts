import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { laptop, nas, planOf } from '../planning/testing/inventories.ts';
import { decidePacking, type Packing } from './packing.ts';
import { decideRoute, type RouteFacts } from './route.ts';
import { endsOf, onRouteOf, tellsProgress } from './stages.ts';
import { facts, tools, way } from './testing/facts.ts';

describe('a plan on its route', () => {
  const plan = planOf({
    source: laptop(['a', 'b']),
    destination: nas(['a']),
    measured: [{ total: 100, parts: [100] }],
  });
  const on = (
    route: Plan['request']['route'],
    known: RouteFacts,
    limit: number | null = null,
    packing: Partial<Packing> = {},
  ) => {
    const asked = { ...plan, request: { ...plan.request, route, limit } };
    const unpacked = { compressor: null, buffers: false, sentence: null, findings: [] };
    return onRouteOf(asked, decideRoute(asked.request, 100, known), known, { ...unpacked, ...packing });
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
    expect(routed.travel[0]).toContain('Local');
  });

  it('local with elevation: a process of the user’s own stands between, so that the pipe can be ended', () => {
    const elevated = facts({ sameHost: true, tools: tools([], { elevated: true }) });
    expect(programs(on('local', elevated))).toEqual(['zfs send -vP', 'cat', 'zfs receive -s']);
  });

  it('local without a send that tells: pv counts, and limits', () => {
    const known = facts({ sameHost: true, tools: tools(['pv'], { tells: false }) });
    const commands = sendOf(on('local', known, 5000));
    expect(commands[1]?.argv).toEqual(['pv', '-n', '-b', '-i', '1']);
    expect(commands[2]?.argv).toEqual(['pv', '-q', '-L', '5000']);
    expect(commands[0]?.argv).not.toContain('-vP');
  });

  it('this computer’s own pipe leads through Sluice where that limits or counts it', () => {
    const here = { sameHost: true, here: 'both' } as const;
    expect(on('local', facts(here), 5000).steps).toEqual(plan.steps);
    expect(on('local', facts({ ...here, tools: tools([], { tells: false }) })).steps).toEqual(plan.steps);
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

  const toolbox = tools(['pv', 'mbuffer', 'zstd']);
  const packed = { compressor: 'zstd', buffers: true } as const;
  const words = (routed: Plan) => sendOf(routed).map(({ host, argv }) => `${host} ${argv[0]} ${argv.at(-1)}`);

  it('relay, compressed: packed and buffered at both ends, and the send tells what is through', () => {
    const routed = on('relay', facts({ tools: toolbox }), 5000, packed);
    expect(words(routed)).toEqual([
      'laptop zfs tank/home@b',
      'laptop zstd -c',
      'laptop mbuffer 128M',
      'nas mbuffer 128M',
      'nas zstd -c',
      'nas zfs backup/home',
    ]);
    const [step] = routed.steps.filter(({ kind }) => kind === 'send-receive');
    const ends = endsOf(step ?? { commands: [] });
    expect([ends.source.length, ends.destination.length]).toEqual([3, 3]);
    expect(tellsProgress(ends.source)).toBe(true);
  });

  it('relay, buffered where mbuffer is', () => {
    const known = facts({ tools: tools([], { destination: new Set(['mbuffer']) }) });
    const routed = on('relay', known, null, { buffers: true });
    expect(words(routed)).toEqual(['laptop zfs tank/home@b', 'nas mbuffer 128M', 'nas zfs backup/home']);
    expect(tellsProgress(sendOf(routed))).toBe(false);
  });

  it('direct, compressed: the limit counts what goes over the line, and the key forces the unpacking, too', () => {
    const routed = on('direct', facts({ way, tools: toolbox }), 5000, packed);
    expect(sendOf(routed).map(({ argv }) => argv[0])).toEqual([
      'zfs',
      'zstd',
      'pv',
      'mbuffer',
      'ssh',
      'mbuffer',
      'zstd',
      'zfs',
    ]);
    const authorize = routed.steps.find(({ kind }) => kind === 'authorize')?.commands[0];
    expect(authorize?.argv.at(-2)).toContain('zstd -q -d -c');
  });

  it('direct without pv: mbuffer limits', () => {
    const routed = on('direct', facts({ way, tools: tools(['mbuffer']) }), 5000);
    expect(sendOf(routed)[1]?.argv).toEqual(['mbuffer', '-q', '-m', '128M', '-R', '5000']);
  });

  it('between a host and itself there is nothing to compress for', () => {
    const own = planOf({ source: laptop(['a', 'b']), destination: { ...nas(['a']), host: 'laptop' } });
    const request = { ...own.request, destination: { ...own.request.destination, host: 'laptop' } };
    const same = {
      ...own,
      request,
      steps: own.steps.map((one) => ({
        ...one,
        commands: one.commands.map((command) => ({ ...command, host: 'laptop' })),
      })),
    };
    const choice = decideRoute({ route: 'relay', limit: null }, 1, facts({ tools: toolbox }));
    const routed = onRouteOf(same, choice, facts({ tools: toolbox }), { ...packed, sentence: null, findings: [] });
    expect(routed.steps).toEqual(same.steps);
  });

  it('a compressor that is not there leaves the plan blocked', () => {
    const findings = decidePacking({ compress: 'lz4' }, 1, {
      ...toolbox,
      route: 'relay',
      practice: false,
      raw: false,
      samples: null,
    }).findings;
    expect(on('relay', facts({ tools: toolbox }), null, { findings })).toMatchObject({
      ready: false,
      steps: plan.steps,
    });
  });
});
