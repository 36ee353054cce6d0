import { describe, expect, it } from 'vitest';
import {
  bookmark,
  codesOf,
  commandsOf,
  ds,
  encrypted,
  filesystem,
  findingOf,
  guidOf,
  label,
  laptop,
  nas,
  partial,
  planOf,
  pool,
  type RequestParts,
  snapshots,
  volume,
} from './testing/inventories.ts';

const source = laptop(['a', 'b']);
const aside: RequestParts = { onDivergence: 'set-aside' };
const rollback: RequestParts = { onDivergence: 'rollback' };
const linesOf = (plan: ReturnType<typeof planOf>) => commandsOf(plan).map((words) => words.join(' '));

describe('a destination that was written to', () => {
  const destination = nas(['a'], { written: 13312 });

  it('stops the plan, names what changed, offers three ways, the losing one last', () => {
    const changes = { lines: ['M\t/backup/home/', '+\t/backup/home/new'], more: false };
    const plan = planOf({ source, destination, changes });
    expect(plan).toMatchObject({ ready: false, losses: [] });
    const finding = findingOf(plan, 'destination-changed');
    expect(finding.message).toBe(
      'backup/home on nas was changed after backup/home@a: 13.0 KiB were written to it since backup/home@a. Changed since backup/home’s newest snapshot: M /backup/home/, + /backup/home/new.',
    );
    expect(finding.evidence).toMatchObject({ base: 'backup/home@a', written: 13312, newerSnapshots: [] });
    expect(finding.fixes).toMatchObject([
      { change: { destination: { dataset: 'backup/home-2' }, onDivergence: 'stop' }, destructive: false },
      { change: { onDivergence: 'set-aside' }, destructive: false },
      { change: { onDivergence: 'rollback' }, destructive: true },
    ]);
    expect(finding.fixes[2]?.detail).toContain('the changes made since');
  });

  it('by reading alone: said as such', () => {
    const plan = planOf({ source, destination, changes: { lines: [], more: false } });
    expect(findingOf(plan, 'destination-changed').message).toContain('only access times were written');
  });

  it('in many places: not all are listed', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `M\t/${at}`);
    const message = (more: boolean) =>
      findingOf(planOf({ source, destination, changes: { lines, more } }), 'destination-changed').message;
    expect(message(false)).toContain('M /0, M /1, M /2, and 17 more.');
    expect(message(true)).toContain('and many more.');
  });

  it('set aside: renamed, then copied in full; nothing is lost', () => {
    const plan = planOf({ source, destination, request: aside });
    expect(plan).toMatchObject({ ready: true, losses: [] });
    expect(linesOf(plan).slice(0, 3)).toEqual([
      'nas zfs rename backup/home backup/home-old-2026-11-21',
      `laptop zfs hold sluice:to:backup/home:${guidOf('pool backup')} tank/home@b`,
      'laptop zfs send -c tank/home@b',
    ]);
    expect(linesOf(plan).join('\n')).not.toMatch(/release .*backup/);
    expect(codesOf(plan)).toContain('sets-aside');
  });

  it('rolled back: the changes are a loss, the step is destructive, then the update follows', () => {
    const plan = planOf({ source, destination, request: rollback });
    expect(plan.losses).toMatchObject([{ what: 'changes', name: 'backup/home', bytes: 13312 }]);
    expect(linesOf(plan)[0]).toBe('nas zfs rollback -r backup/home@a');
    expect(plan.steps[0]).toMatchObject({ kind: 'roll-back', destructive: true, essential: true });
    expect(findingOf(plan, 'rolls-back')).toMatchObject({
      severity: 'warns',
      message: 'backup/home goes back to backup/home@a. Deleted there: 13.0 KiB written since.',
    });
  });

  it('is left alone where there is nothing to send', () => {
    expect(codesOf(planOf({ source: laptop(['a']), destination }))).toEqual(['nothing-to-send']);
    expect(codesOf(planOf({ source: laptop(['a']), destination, request: aside }))).toEqual(['nothing-to-send']);
  });

  it('is rolled back also where there is nothing to send, if that was asked for', () => {
    const plan = planOf({ source: laptop(['a']), destination, request: rollback });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['roll-back', 'verify']);
    expect(plan).toMatchObject({ ready: true, streams: [], estimate: { bytes: 0 } });
  });
});

describe('a destination with snapshots of its own', () => {
  const own = [
    { label: 'mine', guid: '91', used: 2048 },
    { label: 'mine2', guid: '92', used: null },
  ];
  const destination = nas(['a', ...own], { written: 5 });

  it('names them', () => {
    const plan = planOf({ source, destination });
    const finding = findingOf(plan, 'destination-diverged');
    expect(finding.message).toContain(
      'has 2 snapshots newer than the base backup/home@a: backup/home@mine, backup/home@mine2.',
    );
    expect(finding.message).toContain('5 bytes were written to it since backup/home@mine2.');
    expect(finding.fixes[2]?.detail).toContain('2 snapshots, the changes made since');
  });

  it('one is one; of many the first ten are named', () => {
    const one = planOf({ source, destination: nas(['a', { label: 'mine', guid: '91' }]) });
    expect(findingOf(one, 'destination-diverged').message).toContain('has a snapshot newer than');
    const many = Array.from({ length: 30 }, (_, at) => ({ label: `mine${at}`, guid: `9${at}` }));
    const message = findingOf(planOf({ source, destination: nas(['a', ...many]) }), 'destination-diverged').message;
    expect(message).toContain('backup/home@mine9, …');
    expect(message).not.toContain('mine10');
    expect(message).not.toContain('were written');
    const ten = findingOf(planOf({ source, destination: nas(['a', ...many.slice(0, 10)]) }), 'destination-diverged');
    expect(ten.message).toMatch(/backup\/home@mine9\.$/);
  });

  it('rolled back: each is a loss with its size, and so are newer bookmarks, which rollback -r destroys too', () => {
    const marks = [
      bookmark('backup/home#old', { createtxg: 7000 }),
      bookmark('backup/home#new', { createtxg: 7010 }),
      bookmark('backup/home2#other', { createtxg: 9000 }),
    ];
    const plan = planOf({ source, destination: { ...destination, bookmarks: marks }, request: rollback });
    expect(plan.ready).toBe(true);
    expect(plan.losses).toMatchObject([
      { what: 'snapshot', name: 'backup/home@mine', bytes: 2048 },
      { what: 'snapshot', name: 'backup/home@mine2', bytes: null },
      { what: 'bookmark', name: 'backup/home#new', bytes: null },
      { what: 'changes', name: 'backup/home', bytes: 5 },
    ]);
  });

  it('a hold on one of them stops the rollback', () => {
    const held = nas(['a', { label: 'mine', guid: '91', holds: 2 }]);
    const plan = planOf({ source, destination: held, request: rollback });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'rollback-held').evidence).toEqual({
      held: [{ snapshot: 'backup/home@mine', holds: 2, tags: null }],
    });
  });

  it('a hold of somebody else is named, and an administrator is told how to release it; ours alone forbids nothing', () => {
    const own = `sluice:from:tank/home:${guidOf('pool tank')}`;
    const held = nas(['a', { label: 'b2', guid: '91', holds: 2 }, { label: 'c2', guid: '92', holds: 1 }]);
    const plan = (tags: Record<string, string[]>) =>
      planOf({ source, destination: held, request: rollback, tagsOf: (name) => tags[name] ?? null });

    const others = plan({ 'backup/home@b2': [own, 'keep it'], 'backup/home@c2': ['keep it'] });
    const finding = findingOf(others, 'rollback-held');
    expect(finding.message).toBe(
      'The destination cannot be rolled back: backup/home@b2, backup/home@c2 are held by keep it.',
    );
    expect(finding.fixes.map(({ change, command, asAdmin }) => [change?.onDivergence, command?.argv, asAdmin])).toEqual(
      [
        ['stop', undefined, undefined],
        ['set-aside', undefined, undefined],
        [undefined, ['zfs', 'release', 'keep it', 'backup/home@b2', 'backup/home@c2'], undefined],
      ],
    );

    // Of another pair, which starts its own updates from it.
    const elsewhere = `sluice:from:tank/home:${guidOf('pool other')}`;
    expect(plan({ 'backup/home@b2': [own], 'backup/home@c2': [elsewhere] }).ready).toBe(false);

    const free = plan({ 'backup/home@b2': [own], 'backup/home@c2': [own] });
    expect(free.ready).toBe(true);
    expect(linesOf(free).slice(0, 3)).toEqual([
      `nas zfs release ${own} backup/home@b2`,
      `nas zfs release ${own} backup/home@c2`,
      'nas zfs rollback -r backup/home@a',
    ]);
    expect(free.steps[0]).toMatchObject({ kind: 'release', essential: true, destructive: false, copy: 'backup/home' });
    expect(codesOf(free)).toContain('releases-own-hold');
  });

  it('where nothing is sent after a roll-back that our hold went for, what it went back to is held instead', () => {
    const own = `sluice:from:tank/home:${guidOf('pool tank')}`;
    const plan = planOf({
      source: laptop(['a']),
      destination: nas(['a', { label: 'b2', guid: '91', holds: 1 }]),
      request: rollback,
      tagsOf: () => [own],
    });
    expect(linesOf(plan)).toEqual([
      `nas zfs release ${own} backup/home@b2`,
      'nas zfs rollback -r backup/home@a',
      expect.stringContaining('laptop zfs bookmark tank/home@a'),
      `nas zfs hold ${own} backup/home@a`,
    ]);
  });

  it('what goes is said in one sentence', () => {
    const plan = planOf({ source, destination, request: rollback });
    expect(findingOf(plan, 'rolls-back').message).toBe(
      'backup/home goes back to backup/home@a. Deleted there: backup/home@mine, backup/home@mine2, 5 bytes written since.',
    );
    expect(findingOf(plan, 'rolls-back').evidence.changes).toBeNull();
    const held = own.map((one) => ({ ...one, holds: 1 }));
    const message = (count: number) =>
      findingOf(
        planOf({ source, destination: nas(['a', ...held.slice(0, count)]), request: rollback }),
        'rollback-held',
      ).message;
    expect(message(1)).toContain('backup/home@mine is held');
    expect(message(2)).toContain('backup/home@mine, backup/home@mine2 are held');
  });

  it('a hold on the base does not', () => {
    const held = nas([
      { label: 'a', holds: 1 },
      { label: 'mine', guid: '91' },
    ]);
    expect(planOf({ source, destination: held, request: rollback }).ready).toBe(true);
  });

  it('a clone of one of them stops the rollback, one of the base does not', () => {
    const cloned = (origin: string) => ({
      ...destination,
      datasets: [
        ...destination.datasets,
        filesystem('backup/clone', { origin: snapshots('backup/home', [origin])[0]?.name ?? null }),
      ],
    });
    const plan = planOf({ source, destination: cloned('mine'), request: rollback });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'rollback-cloned').evidence).toEqual({
      clones: [{ clone: 'backup/clone', origin: 'backup/home@mine' }],
    });
    expect(planOf({ source, destination: cloned('a'), request: rollback }).ready).toBe(true);
  });

  it('taken before the base they are in nobody’s way', () => {
    const older = nas([{ label: 'mine', guid: '91' }, 'a']);
    expect(planOf({ source, destination: older })).toMatchObject({ ready: true, losses: [] });
  });

  it('clocks are not asked: what is newer is told by transaction groups alone', () => {
    const odd = nas(['a', { label: 'mine', guid: '91', creation: 1 }]);
    expect(planOf({ source, destination: odd }).ready).toBe(false);
  });
});

describe('no common snapshot', () => {
  it('says that equal names are not equal snapshots', () => {
    const plan = planOf({ source, destination: nas([{ label: 'a', guid: '91' }]) });
    const finding = findingOf(plan, 'no-common-snapshot');
    expect(plan.ready).toBe(false);
    expect(finding.message).toContain('Snapshots with the same name (a) are different snapshots: their GUIDs differ.');
    expect(finding.evidence.namesakes).toEqual(['a']);
    expect(finding.fixes.map(({ destructive }) => destructive)).toEqual([false, false]);
  });

  it('no snapshot at all at the destination: its data is named', () => {
    const plan = planOf({ source, destination: nas([], { referenced: 2048 }) });
    expect(findingOf(plan, 'destination-exists').message).toContain('it holds 2.00 KiB');
    const empty = planOf({ source, destination: nas([], { referenced: 0 }) });
    expect(findingOf(empty, 'destination-exists').message).toContain('has no snapshots. A full copy');
    const other = planOf({ source, destination: nas(['x']) });
    expect(findingOf(other, 'no-common-snapshot').message).not.toContain('of the same name');
  });

  it.each([
    ['no-common-snapshot', ['x']],
    ['destination-exists', []],
  ])('%s can be set aside', (_code, there) => {
    const plan = planOf({ source, destination: nas(there), request: aside });
    expect(plan).toMatchObject({ ready: true, losses: [] });
    expect(plan.steps[0]?.kind).toBe('set-aside');
  });
});

describe('same name, another snapshot', () => {
  const destination = nas([{ label: 'b', guid: '91' }, 'a']);

  it('stops the plan before ZFS would, and offers to rename it there', () => {
    const plan = planOf({ source, destination });
    expect(plan.ready).toBe(false);
    const finding = findingOf(plan, 'same-name-other-snapshot');
    expect(finding.evidence).toMatchObject({ clashes: [{ name: 'backup/home@b', destinationGuid: '91' }] });
    expect(finding.message).toMatch(/^backup\/home@b already exists on nas and is a different snapshot:/);
    expect(finding.fixes[0]?.command).toEqual({
      host: 'nas',
      argv: ['zfs', 'rename', 'backup/home@b', 'backup/home@b-here'],
    });
  });

  it('does not matter for a snapshot that is not sent', () => {
    const request: RequestParts = { intermediates: false };
    expect(planOf({ source: laptop(['a', 'b', 'c']), destination, request }).ready).toBe(true);
    expect(planOf({ source: laptop(['a', 'b', 'c']), destination }).ready).toBe(false);
  });

  it('nor for one that is rolled away', () => {
    const newer = nas(['a', { label: 'b', guid: '91' }]);
    expect(planOf({ source, destination: newer, request: rollback }).ready).toBe(true);
  });
});

describe('setting aside', () => {
  const changed = nas(['a'], { written: 1 });

  it('only what stands in the way: a copy that can be added to is added to', () => {
    const plan = planOf({ source, destination: nas(['a']), request: aside });
    expect(plan.streams).toMatchObject([{ type: 'incr' }]);
    expect(codesOf(plan)).not.toContain('sets-aside');
  });

  it('a volume, an encrypted copy without its key, a half-received one: what it was does not matter for the new one', () => {
    const locked = { encryption: 'aes-256-gcm', encryptionRoot: 'backup/home', keyStatus: 'unavailable', written: 1 };
    for (const [from, target] of [
      [laptop(['a', 'b'], { datasets: [volume('tank/home')] }), { kind: 'volume', written: 1 }],
      [source, locked],
      [source, { partial: partial('tank/home@gone', null) }],
    ] as const) {
      const plan = planOf({ source: from, destination: nas(['a'], target), request: aside });
      expect(plan).toMatchObject({ ready: true, losses: [] });
      expect(plan.steps[0]?.kind).toBe('set-aside');
    }
  });

  it('a dataset of another kind', () => {
    const plain = planOf({ source, destination: nas(['a'], volume('backup/home')) });
    expect(codesOf(plain)).toEqual(['kind-differs']);
    expect(plain.ready).toBe(false);
    const plan = planOf({ source, destination: nas(['a'], volume('backup/home')), request: aside });
    expect(plan.steps[0]?.kind).toBe('set-aside');
  });

  it('under a name that is free', () => {
    const taken = {
      ...changed,
      datasets: [...changed.datasets, filesystem('backup/home-old-2026-11-21'), filesystem('backup/home-2')],
    };
    expect(linesOf(planOf({ source, destination: taken, request: aside }))[0]).toBe(
      'nas zfs rename backup/home backup/home-old-2026-11-21-2',
    );
    expect(findingOf(planOf({ source, destination: taken }), 'destination-changed').fixes[0]?.label).toBe(
      'Copy to backup/home-3 instead',
    );
  });

  it('with a base picked for the case that nothing is in the way', () => {
    const request: RequestParts = { ...aside, base: { kind: 'snapshot', label: label('a') } };
    expect(planOf({ source, destination: changed, request })).toMatchObject({ ready: true });
  });

  it('a pool’s own dataset cannot be renamed, and no pool is made up for a new copy', () => {
    const destination = nas(
      [],
      {},
      {
        datasets: [filesystem('backup', { written: 1 })],
        snapshots: snapshots('backup', ['a'], 7000),
        pools: [pool('backup')],
      },
    );
    for (const request of [{ to: 'backup' }, { to: 'backup', ...aside }]) {
      const plan = planOf({ source, destination, request });
      expect(plan.ready).toBe(false);
      expect(findingOf(plan, 'destination-changed').fixes).toMatchObject([
        { change: { destination: { dataset: 'backup/home' } } },
        { change: { onDivergence: 'rollback' } },
      ]);
    }
  });

  it('names of 255 characters are long enough', () => {
    // 255 with the label, and 255 with what is added to the name.
    const asideOf = (last: number) => {
      const to = `backup/${'n'.repeat(last)}`;
      const destination = nas(
        [],
        {},
        {
          datasets: [filesystem('backup'), filesystem(to, { written: 1 })],
          snapshots: snapshots(to, ['a'], 7000),
        },
      );
      const plan = planOf({ source: laptop(['a', 'b']), destination, request: { to, ...aside } });
      return plan.ready && plan.steps[0]?.kind === 'set-aside';
    };
    expect(asideOf(255 - 'backup/'.length - '-old-2026-11-21'.length - '@a'.length)).toBe(true);
    expect(asideOf(256 - 'backup/'.length - '-old-2026-11-21'.length - '@a'.length)).toBe(false);
  });

  it('nor what would get names longer than ZFS allows', () => {
    const long = `backup/${'n'.repeat(230)}`;
    const destination = nas(
      [],
      {},
      {
        datasets: [filesystem('backup'), filesystem(long, { written: 1 })],
        snapshots: snapshots(long, ['a', { label: 'long-label', guid: '9' }], 7000),
      },
    );
    const plan = planOf({ source, destination, request: { to: long, ...aside } });
    expect(plan.ready).toBe(false);
    const fixes = findingOf(plan, 'destination-diverged').fixes;
    expect(fixes.map(({ change }) => change?.onDivergence)).toEqual(['stop', 'rollback']);
  });
});

describe('newer snapshots without a change of their own', () => {
  const unchanged = { label: 'mine', guid: '9', written: 0 };
  const update = (destination: Parameters<typeof planOf>[0]['destination'], request = {}) =>
    planOf({ source: laptop(['a', 'b']), destination, request });

  it('do not stand in the way, and stay', () => {
    const plan = update(nas(['a', unchanged]));
    expect(plan.ready).toBe(true);
    expect(codesOf(plan)).toEqual(expect.arrayContaining(['newer-unchanged']));
    expect(plan.losses).toMatchObject([]);
    expect(plan.streams.map(({ snapshot }) => snapshot)).toEqual(['tank/home@b']);
  });

  it('are not rolled away although that was allowed', () => {
    const plan = update(nas(['a', unchanged]), { onDivergence: 'rollback' });
    expect(plan.losses).toMatchObject([]);
    expect(plan.steps.some(({ kind }) => kind === 'roll-back')).toBe(false);
  });

  it.each([
    ['one of them changed something', nas(['a', unchanged, { label: 'more', guid: '10', written: 512 }])],
    ['it is not told whether one did', nas(['a', { ...unchanged, written: null }])],
    ['something was written since', nas(['a', unchanged], { written: 512 })],
    ['the dialect does not tell what was written since', nas(['a', unchanged], { written: null })],
  ])('stand in the way where %s', (_what, destination) => {
    expect(codesOf(update(destination))).toContain('destination-diverged');
  });

  it('stand in the way of a raw update', () => {
    const plan = planOf({
      source: laptop(['a', 'b'], { datasets: [filesystem('tank'), encrypted('tank/home')] }),
      destination: nas(['a', unchanged], { encryption: 'aes-256-gcm', encryptionRoot: ds('backup/home') }),
    });
    expect(codesOf(plan)).toContain('destination-diverged');
  });
});
