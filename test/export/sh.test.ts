import { spawnSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HostAccess } from '../../shared/export/host-access.ts';
import { shellScript } from '../../shared/export/sh.ts';
import type { Inventory, Snapshot } from '../../shared/model/inventory.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { assemble } from '../../shared/planning/assemble.ts';
import { decidePackage } from '../../shared/planning/package/decide-package.ts';
import {
  bookmark,
  commandsOf,
  emptyNas,
  filesystem,
  guidOf,
  label,
  laptop,
  nas,
  partial,
  planOf,
  pool,
  type RequestParts,
  request,
} from '../../shared/planning/testing/inventories.ts';
import { ScriptWorld, type Snapshots } from './script-world.ts';

const here: HostAccess = { kind: 'local' };
const there: HostAccess = { kind: 'ssh', argv: ['-T', '-l', 'root', 'nas'], shown: 'root@nas:22', hostKey: null };

const rows = (list: readonly Snapshot[]): Snapshots => list.map(({ name, guid }) => [name, guid]);
const script = (plan: Plan, partials: ReadonlyMap<string, string> = new Map()): string =>
  shellScript({ plan, partials, source: here, destination: there });

/** The commands of the plan as the two ends see them. */
const expected = (plan: Plan): string[] =>
  commandsOf(plan as Parameters<typeof commandsOf>[0]).map(
    ([host, , ...argv]) => `${host === 'laptop' ? 'src' : 'dst'}\t${argv.map((one) => `<${one}>`).join('')}`,
  );

function newWorld(source: Snapshots, destination: Snapshots): ScriptWorld {
  const world = new ScriptWorld(source, destination);
  onTestFinished(() => world.dispose());
  return world;
}

function scene(source: Inventory, destination: Inventory, request: RequestParts = {}) {
  const plan = planOf({ source, destination, request });
  if (!plan.ready) throw new Error(plan.findings.map(({ message }) => message).join('\n'));
  return { plan, world: newWorld(rows(source.snapshots), rows(destination.snapshots)) };
}
const moves = (commands: readonly string[]): string[] =>
  commands.filter((command) => /<(send|receive|rollback|rename|create)>/.test(command));

describe.skipIf(process.platform === 'win32')('a script that is run', () => {
  it.each<[string, Inventory, Inventory, RequestParts]>([
    ['a first copy with its parents', laptop(['a', 'b']), emptyNas(), { to: 'backup/some place/home' }],
    ['an update', laptop(['a', 'b', 'c']), nas(['a']), {}],
    ['a roll-back', laptop(['a', 'b']), nas(['a', { label: 'mine', guid: '9' }]), { onDivergence: 'rollback' }],
    ['an old copy set aside', laptop(['a', 'b']), nas(['x']), { onDivergence: 'set-aside' }],
  ])('does for %s just what the plan says, in any shell', (_what, source, destination, request) => {
    for (const shell of ['/bin/sh', 'bash']) {
      const { plan, world } = scene(source, destination, request);
      const ran = world.run(script(plan), shell);
      expect(ran.stderr).toContain('proved');
      expect(ran.status).toBe(0);
      expect(ran.commands).toEqual(expected(plan));
      const again = world.run(script(plan), shell);
      expect(again.status).toBe(0);
      expect(moves(again.commands).filter((command) => !command.includes('<create>'))).toEqual([]);
    }
  });

  it.each<[string, Inventory, RequestParts]>([
    ['of other snapshots', nas(['x']), {}],
    ['that has moved on', nas(['a', { label: 'mine', guid: '9' }]), {}],
    ['that could be added to, for a full copy was asked for', nas(['a']), { base: { kind: 'none' } }],
  ])('renames an old copy %s, and the new one never, also once the old one was destroyed', (_what, old, asked) => {
    const { plan, world } = scene(laptop(['a', 'b']), old, { onDivergence: 'set-aside', ...asked });
    const [rename] = plan.steps.flatMap(({ kind, commands }) => (kind === 'set-aside' ? commands : []));
    const aside = rename?.argv.at(-1) ?? '';
    expect(world.run(script(plan)).status).toBe(0);
    const brought = [`backup/home@b\t${guidOf('b')}`];
    const stands = old.snapshots.map(({ name, guid }) => `${name.replace('backup/home', aside)}\t${guid}`);
    expect(world.destination()).toEqual([...stands, ...brought]);
    world.destroy(aside);
    const again = world.run(script(plan));
    expect(again.status).toBe(0);
    expect(moves(again.commands)).toEqual([]);
    expect(world.destination()).toEqual(brought);
  });

  it('lets go of its own hold where it rolls back, and nowhere else', () => {
    const own = `sluice:from:tank/home:${guidOf('pool tank')}`;
    const destination = nas(['a', { label: 'mine', guid: '9', holds: 1 }]);
    const request = { onDivergence: 'rollback' } as const;
    const plan = planOf({ source: laptop(['a', 'b']), destination, request, tagsOf: () => [own] });
    expect(plan.ready).toBe(true);
    const world = newWorld(rows(laptop(['a', 'b']).snapshots), rows(destination.snapshots));
    world.write('dst.held', 'backup/home@mine\n');
    world.write('dst.written', '5\n');
    expect(world.run(script(plan)).commands).toEqual([]);
    world.remove('dst.written');
    const ran = world.run(script(plan));
    expect(ran.status).toBe(0);
    expect(ran.commands).toEqual(expected(plan));
    const again = world.run(script(plan));
    expect(again.status).toBe(0);
    expect(again.commands.filter((command) => /<release>.*@mine|<rollback>/.test(command))).toEqual([]);
  });

  it('goes on with what was cut, by the token of the moment', () => {
    const { plan, world } = scene(laptop(['a', 'b']), nas(['a']));
    world.write('cut', '');
    const cut = world.run(script(plan));
    expect(cut.status).not.toBe(0);
    expect(cut.stderr).not.toContain('Done');
    world.remove('cut');
    world.halfReceived('1-now', 'tank/home@b');
    const ran = world.run(script(plan));
    expect(ran.status).toBe(0);
    expect(moves(ran.commands)).toEqual(['src\t<send><-t><1-now>', 'dst\t<receive><-s><-u><backup/home>']);
    expect(world.destination()).toEqual([`backup/home@a\t${guidOf('a')}`, `backup/home@b\t${guidOf('b')}`]);
  });

  it.each([
    ['of another snapshot', 'tank/other@x'],
    ['that nobody can read', ''],
  ])('leaves a half-received stream alone that is %s', (_what, toName) => {
    const { plan, world } = scene(laptop(['a', 'b']), nas(['a']));
    world.halfReceived('1-other', toName);
    const ran = world.run(script(plan));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('half-received stream of something else');
    expect(moves(ran.commands)).toEqual([]);
  });

  it('sends nothing if the snapshot is another one by now', () => {
    const { plan } = scene(laptop(['a', 'b']), nas(['a']));
    const world = newWorld(
      [
        ['tank/home@a', guidOf('a')],
        ['tank/home@b', '7'],
      ],
      [['backup/home@a', guidOf('a')]],
    );
    const ran = world.run(script(plan));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('no longer the snapshot');
    expect(moves(ran.commands)).toEqual([]);
  });

  it('sends no update to a name that is gone', () => {
    const { plan } = scene(laptop(['a', 'b']), nas(['a']));
    const world = newWorld(
      [
        ['tank/home@a', guidOf('a')],
        ['tank/home@b', guidOf('b')],
      ],
      [],
    );
    const ran = world.run(script(plan));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('does not exist any more');
    expect(moves(ran.commands)).toEqual([]);
  });

  describe('deletes nothing but what was named', () => {
    const mine = { label: 'mine', guid: '9' };
    const source = laptop(['a', 'b']);
    const copy: Snapshots = [
      ['backup/home@a', guidOf('a')],
      ['backup/home@mine', '9'],
    ];
    /** @returns what the script does that was written when `mine` was the only thing newer than the base */
    function ranAt(now: Snapshots, written: string, then: Inventory = nas(['a', mine], { written: 0 })) {
      const plan = planOf({ source, destination: then, request: { onDivergence: 'rollback' } });
      expect(plan.losses.map(({ name }) => name)).toContain('backup/home@mine');
      const world = newWorld(rows(source.snapshots), now);
      world.write('dst.written', `${written}\n`);
      return world.run(script(plan));
    }

    it.each<[string, Snapshots, string]>([
      ['a newer snapshot', [...copy, ['backup/home@new', '10']], 'other snapshots than when'],
      ['another snapshot of the same name', copy.with(1, ['backup/home@mine', '10']), 'other snapshots than when'],
      ['a newer bookmark', [...copy, ['backup/home#new', '10']], 'other snapshots than when'],
      ['no base any more', copy.slice(1), 'backup/home@a is gone'],
      ['another base of the same name', copy.with(0, ['backup/home@a', '10']), 'backup/home@a is gone'],
    ])('with %s it does nothing', (_what, now, said) => {
      const ran = ranAt(now, '0');
      expect(ran.stderr).toContain(said);
      expect(ran.status).toBe(1);
      expect(moves(ran.commands)).toEqual([]);
    });

    it('with more written than was listed it does nothing', () => {
      for (const then of [0, 4096]) {
        const ran = ranAt(copy, '20000000000', nas(['a', mine], { written: then }));
        expect(ran.stderr).toContain('More was written to backup/home');
        expect(ran.status).toBe(1);
        expect(moves(ran.commands)).toEqual([]);
      }
    });

    it.each<[string, string, number | null]>([
      ['just what was listed', '4096', 4096],
      ['what nobody could tell then', '20000000000', null],
      ['what nobody can tell', '-', 0],
    ])('with %s written it goes back', (_what, now, then) => {
      expect(moves(ranAt(copy, now, nas(['a', mine], { written: then })).commands)[0]).toContain('<rollback>');
    });

    it('a bookmark that was listed goes, too, and so does what stands beside', () => {
      const marked = nas(['a', mine], {}, { bookmarks: [bookmark('backup/home#b', { createtxg: 7020, guid: '11' })] });
      const now: Snapshots = [
        ...copy,
        ['backup/home#b', '11'],
        ['backup/home/x@new', '12'],
        ['backup/homes@new', '13'],
      ];
      expect(moves(ranAt(now, '0', marked).commands)[0]).toContain('<rollback>');
    });
  });

  it.each([
    ['it is refused', 'out of space', false],
    ['it is there already', 'tag already exists on this dataset', true],
  ])('lets an older hold go only once there is a newer one: %s', (_what, said, isReleased) => {
    for (const [side, other] of [
      ['src', 'dst'],
      ['dst', 'src'],
    ] as const) {
      const { plan, world } = scene(laptop(['a', 'b']), nas(['a']));
      world.write(`${side}.full`, said);
      const ran = world.run(script(plan));
      expect(ran.status).toBe(0);
      const released = ran.commands.filter((command) => command.includes('<release>'));
      expect(released.some((command) => command.startsWith(side))).toBe(isReleased);
      expect(released.some((command) => command.startsWith(other))).toBe(true);
      expect(ran.stderr.includes('could not be held')).toBe(!isReleased);
    }
  });

  it('throws away the half-received stream that was shown, and none that came later', () => {
    const old = { partial: partial('tank/home@gone', 'a'), undecodedToken: null };
    const { plan, world } = scene(laptop(['a', 'b']), nas(['a'], old), { partial: 'discard' });
    const discarding = script(plan, new Map([['backup/home', '1-token']]));
    world.halfReceived('1-later', 'tank/home@b');
    expect(moves(world.run(discarding).commands)[0]).toBe('src\t<send><-t><1-later>');
    const fresh = newWorld(rows(laptop(['a', 'b']).snapshots), rows(nas(['a']).snapshots));
    fresh.halfReceived('1-token', 'tank/home@gone');
    const ran = fresh.run(discarding);
    expect(ran.status).toBe(0);
    expect(moves(ran.commands)[0]).toBe('dst\t<receive><-A><backup/home>');
  });

  it('says so if what arrived is not what was sent', () => {
    const { plan, world } = scene(laptop(['a']), emptyNas());
    world.write('wrong', '');
    const ran = world.run(script(plan));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('backup/home@a has not arrived');
  });

  it('arguments with anything in them arrive as they are', () => {
    const { plan, world } = scene(laptop(['a']), emptyNas());
    const odd = `it's "$HOME" \`id\` \\ * ; 'x'`;
    const steps = plan.steps.map((step) =>
      step.kind === 'hold' && step.host === 'nas'
        ? { ...step, commands: [{ host: 'nas', argv: ['zfs', 'hold', odd, '', 'backup/home@a'] }] }
        : step,
    );
    const ran = world.run(script({ ...plan, steps }));
    expect(ran.status).toBe(0);
    expect(ran.commands).toContain(`dst\t<hold><${odd}><><backup/home@a>`);
  });
});

describe('what is written', () => {
  it('a plan with nothing to send is a script that sends nothing', () => {
    const plan = planOf({ source: laptop(['a']), destination: nas(['a']) });
    expect(script(plan)).toContain('nothing to send');
  });

  it('what it deletes stands above everything else', () => {
    const plan = planOf({
      source: laptop(['a', 'b']),
      destination: nas(['a', { label: 'mine', guid: '9' }], { written: 99 }),
      request: { onDivergence: 'rollback' },
    });
    const [head] = script(plan).split('set -eu');
    expect(head).toContain('It DELETES at the destination:');
    for (const { name } of plan.losses) expect(head).toContain(name);
  });

  it('a rate is limited with pv, or the script does not begin', () => {
    const plan = planOf({ source: laptop(['a']), destination: emptyNas(), request: { limit: 1e6 } });
    expect(script(plan)).toContain('| slowly |');
    expect(script(plan)).toContain('pv -q -L 1000000');
  });

  it('rights are asked for in questions as in commands', () => {
    const source = laptop(['a'], { elevation: ['sudo', '-n'] });
    expect(script(planOf({ source, destination: emptyNas() }))).toContain('src sudo -n zfs get -Hp -o value guid "$1"');
  });

  it.skipIf(process.platform === 'win32')('no name, message or address gets out of its comment or its quotes', () => {
    const source = laptop(['a'], { datasets: [filesystem('tank'), filesystem('tank/home')], pools: [pool('tank')] });
    const plan = planOf({ source, destination: emptyNas({ datasets: [filesystem('backup')] }) });
    const steps = plan.steps.map((step) => ({ ...step, title: `${step.title}\nexit 9` }));
    const text = shellScript({
      plan: { ...plan, steps, choices: ['a\nexit 9'] },
      partials: new Map(),
      source: here,
      destination: { ...there, argv: ['-l', 'root', "na's"], shown: 'x\nexit 9' },
    });
    expect(text).not.toMatch(/^\s*exit 9/m);
    expect(spawnSync('/bin/sh', ['-n'], { input: text }).status).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('a snapshot that is made first', () => {
  it('is made once, and what was made is what is sent', () => {
    const source = laptop(['a']);
    const asked = request();
    const world = {
      request: { ...asked, source: { ...asked.source, take: true, snapshot: label('now') } },
      source,
      destination: emptyNas(),
    };
    const plan = assemble(
      decidePackage(world, () => null),
      [null],
    );
    expect(plan.ready).toBe(true);
    const hosts = newWorld(rows(source.snapshots), []);
    const ran = hosts.run(script(plan));
    expect(ran.stderr).toContain('proved: backup/home@now');
    expect(ran.commands.filter((command) => command.includes('<snapshot>'))).toEqual([
      'src\t<snapshot><tank/home@now>',
    ]);
    expect(hosts.destination()).toEqual(['backup/home@now\t4242']);
    expect(hosts.run(script(plan)).commands.filter((command) => command.includes('<snapshot>'))).toEqual([]);
  });
});
