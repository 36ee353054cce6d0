/** The clone layout of the Solaris documentation, and what else a tree can hold. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../model/inventory.ts';
import type { Plan } from '../../model/plan.ts';
import type { Package } from '../../model/request.ts';
import {
  codesOf,
  ds,
  emptyNas,
  encrypted,
  filesystem,
  findingOf,
  inventory,
  label,
  planOf,
  pool,
  type RequestParts,
  snap,
  snapshots,
  solaris,
  volume,
  zfsFuse,
} from '../testing/inventories.ts';

const clone = (name: string, origin: string, parts: Partial<Dataset> = {}) =>
  filesystem(name, { origin: snap(origin), ...parts });

/** GUIDs come from labels, so each label here is of one dataset. */
const layout = (zfs = inventory('').zfs) =>
  inventory('laptop', {
    zfs,
    pools: [pool('pool')],
    datasets: [
      filesystem('pool'),
      filesystem('pool/a'),
      filesystem('pool/a/1'),
      filesystem('pool/b'),
      clone('pool/b/1', 'pool/a/1@clone'),
      clone('pool/b/2', 'pool/b/1@clone2'),
    ],
    snapshots: [
      ...snapshots('pool/a/1', ['clone'], 100),
      ...snapshots('pool/b/1', ['clone2'], 110),
      ...snapshots(
        'pool/b',
        [
          { label: 'pre-send', guid: '1' },
          { label: 'send', guid: '2' },
        ],
        200,
      ),
      ...snapshots(
        'pool/b/1',
        [
          { label: 'pre-send', guid: '3' },
          { label: 'send', guid: '4' },
        ],
        200,
      ),
      ...snapshots(
        'pool/b/2',
        [
          { label: 'pre-send', guid: '5' },
          { label: 'send', guid: '6' },
        ],
        200,
      ),
    ],
  });

/** A destination that has `pool/a/1@clone` under another name. */
const withOrigin = () =>
  emptyNas({
    datasets: [filesystem('backup'), filesystem('backup/elsewhere')],
    snapshots: snapshots('backup/elsewhere', ['clone'], 7000),
  });

const table = (plan: Plan) =>
  plan.streams.map(({ type, snapshot, from }) => `${type} ${snapshot}${from === null ? '' : ` from ${from}`}`);

const send = (kind: Package, parts: RequestParts = {}) => ({
  package: kind,
  from: 'pool/b',
  to: 'backup/b',
  snapshot: 'send',
  ...parts,
});

const pipes = (plan: Plan) =>
  plan.steps
    .filter(({ kind }) => kind === 'send-receive')
    .map(({ commands }) => commands.map(({ argv }) => argv.slice(1).join(' ')).join(' | '));

describe('the layout of the Solaris documentation', () => {
  it('as a recursive package', () => {
    const plan = planOf({ source: layout(), destination: withOrigin(), request: send('recursive') });
    expect(table(plan)).toEqual([
      'full pool/b@send',
      'incr pool/b/1@clone2 from pool/a/1@clone',
      'incr pool/b/1@send from pool/b/1@clone2',
      'incr pool/b/2@send from pool/b/1@clone2',
    ]);
    expect(plan.ready).toBe(true);
  });

  it('as a self-contained recursive package', () => {
    const plan = planOf({ source: layout(), destination: emptyNas(), request: send('self-contained') });
    expect(table(plan)).toEqual([
      'full pool/b@send',
      'full pool/b/1@clone2',
      'incr pool/b/1@send from pool/b/1@clone2',
      'incr pool/b/2@send from pool/b/1@clone2',
    ]);
    expect(plan.ready).toBe(true);
    expect(findingOf(plan, 'clone-in-full').dataset).toBe('pool/b/1');
  });

  it('as a replication package', () => {
    const plan = planOf({ source: layout(), destination: withOrigin(), request: send('replication') });
    expect(table(plan)).toEqual([
      'full pool/b@pre-send',
      'incr pool/b@send from pool/b@pre-send',
      'incr pool/b/1@clone2 from pool/a/1@clone',
      'incr pool/b/1@pre-send from pool/b/1@clone2',
      'incr pool/b/1@send from pool/b/1@pre-send',
      'incr pool/b/2@pre-send from pool/b/1@clone2',
      'incr pool/b/2@send from pool/b/2@pre-send',
    ]);
    expect(plan.members.map(({ copy, after }) => [copy, after])).toEqual([
      ['backup/b', []],
      ['backup/b/1', ['backup/b']],
      ['backup/b/2', ['backup/b', 'backup/b/1']],
    ]);
  });

  it('each clone is received as one, named by what is or will be at the destination', () => {
    const plan = planOf({ source: layout(), destination: withOrigin(), request: send('replication') });
    const received = pipes(plan).map((pipe) => /origin=(\S+)/.exec(pipe)?.[1] ?? null);
    expect(received).toEqual([null, null, 'backup/elsewhere@clone', null, 'backup/b/1@clone2', null]);
    expect(plan.streams.map(({ origin }) => origin)).toEqual([
      null,
      null,
      'backup/elsewhere@clone',
      null,
      null,
      'backup/b/1@clone2',
      null,
    ]);
  });

  it.each<Package>(['recursive', 'replication'])(
    'a %s package without its origin is blocked before any byte',
    (kind) => {
      const plan = planOf({ source: layout(), destination: emptyNas(), request: send(kind) });
      expect(plan.ready).toBe(false);
      const finding = findingOf(plan, 'origin-missing');
      expect(finding.evidence).toMatchObject({ clone: 'pool/b/1', origin: 'pool/a/1@clone' });
      expect(finding.fixes.map(({ change }) => change)).toMatchObject([
        { package: 'self-contained' },
        { source: { also: ['pool/a/1'] }, destination: { naming: 'without-pool' } },
        { source: { exclude: ['pool/b/1'] } },
      ]);
    },
  );

  it('an origin in another pool is of no use', () => {
    const destination = withOrigin();
    const elsewhere = {
      ...destination,
      pools: [...destination.pools, pool('other')],
      datasets: [filesystem('backup'), filesystem('other'), filesystem('other/x')],
      snapshots: snapshots('other/x', ['clone'], 7000),
    };
    expect(codesOf(planOf({ source: layout(), destination: elsewhere, request: send('recursive') }))).toContain(
      'origin-missing',
    );
  });

  it('the first way out, and the second, lead to plans that are ready', () => {
    const scene = { source: layout(), destination: emptyNas() };
    const blocked = planOf({ ...scene, request: send('replication') });
    for (const fix of findingOf(blocked, 'origin-missing').fixes) {
      const plan = planOf({ ...scene, request: send('replication'), change: fix.change });
      // Without pool/b/1 the clone of it lacks its origin.
      expect(plan.findings.filter(({ severity }) => severity === 'blocks').map(({ code }) => code)).toEqual(
        fix.change?.source?.exclude.length ? ['origin-missing'] : [],
      );
    }
  });

  it('on Solaris the host’s own packages do it', () => {
    for (const [kind, word] of [
      ['recursive', '-r'],
      ['self-contained', '-rc'],
    ] as const) {
      const destination = { ...withOrigin(), zfs: solaris };
      const plan = planOf({ source: layout(solaris), destination, request: send(kind) });
      expect(pipes(plan)).toEqual([expect.stringMatching(new RegExp(`^send ${word} pool/b@send \\| receive `))]);
      expect(plan.steps.find(({ kind: one }) => one === 'send-receive')?.streams).toEqual([0, 1, 2, 3]);
    }
  });

  it('on Solaris a package in one pipe is made safe afterwards, each of its copies', () => {
    const plan = planOf({
      source: layout(solaris),
      destination: { ...withOrigin(), zfs: solaris },
      request: send('recursive'),
    });
    const set = plan.steps
      .filter(({ kind }) => kind === 'set-property')
      .map(({ copy, commands }) => [copy, commands[0]?.argv]);
    expect(set).toEqual(
      ['backup/b', 'backup/b/1', 'backup/b/2'].map((copy) => [copy, ['zfs', 'set', 'readonly=on', copy]]),
    );
  });

  it('zfs-fuse is not told the origin: it finds it by its GUID', () => {
    const plan = planOf({
      source: layout(zfsFuse),
      destination: { ...withOrigin(), zfs: zfsFuse },
      request: send('recursive'),
    });
    expect(plan.ready).toBe(true);
    expect(pipes(plan).join(' ')).not.toContain('origin=');
  });
});

describe('a replication package', () => {
  const tree = (extra: readonly Dataset[] = []) =>
    inventory('laptop', {
      pools: [pool('tank')],
      datasets: [
        filesystem('tank'),
        filesystem('tank/home'),
        filesystem('tank/home/a'),
        volume('tank/home/v'),
        ...extra,
      ],
      snapshots: [
        ...snapshots('tank/home', [
          { label: 'x', guid: '1' },
          { label: 'y', guid: '2' },
        ]),
        ...snapshots('tank/home/a', [
          { label: 'x', guid: '3' },
          { label: 'y', guid: '4' },
        ]),
        ...snapshots('tank/home/v', [
          { label: 'x', guid: '5' },
          { label: 'y', guid: '6' },
        ]),
      ],
    });

  it('takes properties along, and leaves what would take over the host', () => {
    const plan = planOf({ source: tree(), destination: emptyNas(), request: { package: 'replication' } });
    expect(pipes(plan)[0]).toBe(
      'send -c -p tank/home@x | receive -s -u -o readonly=on -o canmount=noauto -o setuid=off -o devices=off -x mountpoint -x sharenfs -x sharesmb -x quota -x refquota -x reservation -x refreservation backup/home',
    );
    expect(pipes(plan).at(-2)).toBe(
      'send -c -p tank/home/v@x | receive -s -u -o readonly=on -x reservation -x refreservation backup/home/v',
    );
  });

  it('under an encrypted parent it is encrypted, not stored in plain text silently', () => {
    const destination = emptyNas({ datasets: [encrypted('backup')] });
    const plan = planOf({ source: tree(), destination, request: { package: 'replication' } });
    expect(pipes(plan)[0]).toContain('-x encryption');
  });

  it('sends what is missing, dataset by dataset, and says what is up to date', () => {
    const destination = emptyNas({
      datasets: [filesystem('backup'), filesystem('backup/home'), filesystem('backup/home/a')],
      snapshots: [
        ...snapshots('backup/home', [{ label: 'x', guid: '1' }], 7000),
        ...snapshots(
          'backup/home/a',
          [
            { label: 'x', guid: '3' },
            { label: 'y', guid: '4' },
          ],
          7000,
        ),
      ],
    });
    const plan = planOf({ source: tree(), destination, request: { package: 'replication' } });
    expect(plan.members.map(({ copy, state }) => [copy, state])).toEqual([
      ['backup/home', 'update'],
      ['backup/home/a', 'up-to-date'],
      ['backup/home/v', 'new'],
    ]);
    expect(table(plan)).toEqual([
      'incr tank/home@y from tank/home@x',
      'full tank/home/v@x',
      'incr tank/home/v@y from tank/home/v@x',
    ]);
  });

  it('names a dataset that lacks the chosen snapshot, and offers to leave it out', () => {
    const plan = planOf({
      source: tree([filesystem('tank/home/new')]),
      destination: emptyNas(),
      request: { package: 'replication' },
    });
    expect(findingOf(plan, 'member-without-snapshot')).toMatchObject({
      dataset: 'tank/home/new',
      severity: 'blocks',
      fixes: [{ change: { source: { exclude: ['tank/home/new'] } } }],
    });
    const without = planOf({
      source: tree([filesystem('tank/home/new')]),
      destination: emptyNas(),
      request: { package: 'replication' },
      change: findingOf(plan, 'member-without-snapshot').fixes[0]?.change,
    });
    expect(without.ready).toBe(true);
  });

  it('sets aside the topmost copy that stands in the way, and only that', () => {
    const destination = emptyNas({
      datasets: [filesystem('backup'), filesystem('backup/home'), filesystem('backup/home/a', { written: 5 })],
      snapshots: [
        ...snapshots('backup/home', [{ label: 'x', guid: '1' }], 7000),
        ...snapshots('backup/home/a', [{ label: 'x', guid: '3' }], 7000),
      ],
    });
    const scene = { source: tree(), destination };
    const blocked = planOf({ ...scene, request: { package: 'replication' } });
    expect(findingOf(blocked, 'destination-changed').dataset).toBe('tank/home/a');
    const plan = planOf({ ...scene, request: { package: 'replication', onDivergence: 'set-aside' } });
    expect(plan.ready).toBe(true);
    expect(plan.steps.filter(({ kind }) => kind === 'set-aside').map(({ commands }) => commands[0]?.argv)).toEqual([
      ['zfs', 'rename', 'backup/home/a', 'backup/home/a-old-2026-11-21'],
    ]);
    expect(plan.members.map(({ state }) => state)).toEqual(['update', 'new', 'new']);
  });

  it('knows a dataset that was renamed by its GUIDs', () => {
    const destination = emptyNas({
      datasets: [filesystem('backup'), filesystem('backup/home'), filesystem('backup/home/was')],
      snapshots: [
        ...snapshots('backup/home', [{ label: 'x', guid: '1' }], 7000),
        ...snapshots('backup/home/was', [{ label: 'x', guid: '3' }], 7000),
      ],
    });
    const plan = planOf({ source: tree(), destination, request: { package: 'replication' } });
    expect(findingOf(plan, 'renamed-at-source')).toMatchObject({
      dataset: 'tank/home/a',
      severity: 'warns',
      fixes: [{ command: { argv: ['zfs', 'rename', 'backup/home/was', 'backup/home/a'] } }],
    });
  });

  it('adds up what all its copies need', () => {
    const small = emptyNas({ datasets: [filesystem('backup', { available: 1000 })] });
    const plan = planOf({
      source: tree(),
      destination: small,
      request: { package: 'recursive' },
      measured: [
        { total: 400, parts: [] },
        { total: 500, parts: [] },
        { total: 300, parts: [] },
      ],
    });
    expect(findingOf(plan, 'no-space').evidence).toMatchObject({
      needed: 1200,
      available: 1000,
      largest: { copy: 'backup/home/a', bytes: 500 },
    });
  });

  it('a dataset that lies above what its origin lies in cannot wait for it', () => {
    const source = inventory('laptop', {
      pools: [pool('tank')],
      datasets: [filesystem('tank'), clone('tank/a', 'tank/a/b@s'), filesystem('tank/a/b')],
      snapshots: [
        ...snapshots('tank/a/b', ['s', { label: 't', guid: '8' }], 100),
        ...snapshots('tank/a', [{ label: 't', guid: '9' }], 200),
      ],
    });
    const scene = { source, destination: emptyNas() };
    const blocked = planOf({
      ...scene,
      request: { package: 'replication', from: 'tank/a', to: 'backup/a', snapshot: 't' },
    });
    expect(codesOf(blocked)).toContain('origin-missing');
    const plan = planOf({
      ...scene,
      request: { package: 'self-contained', from: 'tank/a', to: 'backup/a', snapshot: 't' },
    });
    expect(plan.ready).toBe(true);
    expect(plan.streams.map(({ target }) => target)).toEqual(['backup/a', 'backup/a/b', 'backup/a/b']);
  });
});

describe('several trees', () => {
  const source = inventory('laptop', {
    pools: [pool('tank')],
    datasets: [
      filesystem('tank'),
      filesystem('tank/x'),
      filesystem('tank/x/data'),
      filesystem('tank/y'),
      filesystem('tank/y/data'),
    ],
    snapshots: [
      ...snapshots('tank/x/data', [{ label: 's', guid: '1' }]),
      ...snapshots('tank/y/data', [{ label: 's', guid: '2' }]),
    ],
  });
  const of = (naming: 'exact' | 'last-name' | 'without-pool') =>
    planOf({
      source,
      destination: emptyNas(),
      request: { from: 'tank/x/data', to: 'backup' },
      change: {
        source: {
          host: 'laptop',
          dataset: ds('tank/x/data'),
          also: [ds('tank/y/data')],
          exclude: [],
          snapshot: null,
          take: false,
        },
        destination: { host: 'nas', dataset: ds('backup'), naming },
      },
    });

  it('are named by their whole path, with what lies above them made once', () => {
    const plan = of('without-pool');
    expect(plan.ready).toBe(true);
    expect(plan.members.map(({ copy }) => copy)).toEqual(['backup/x/data', 'backup/y/data']);
    expect(plan.steps.filter(({ kind }) => kind === 'create-parent').map(({ title }) => title)).toEqual([
      'Create backup/x',
      'Create backup/y',
    ]);
    expect(plan.target).toBe('backup');
  });

  it('would collide under their last names, which is said', () => {
    expect(findingOf(of('last-name'), 'copies-collide')).toMatchObject({
      evidence: { copy: 'backup/data' },
      fixes: [{ change: { destination: { naming: 'without-pool' } } }],
    });
  });
});

describe('a snapshot that the run makes first', () => {
  const source = inventory('laptop', {
    pools: [pool('tank')],
    datasets: [filesystem('tank'), filesystem('tank/home', { written: 4096 }), filesystem('tank/home/a')],
    snapshots: snapshots('tank/home', [{ label: 'x', guid: '1' }]),
  });
  const take = (snapshot: string) => ({
    request: { package: 'recursive' as const, snapshot },
    change: {
      source: {
        host: 'laptop',
        dataset: ds('tank/home'),
        also: [],
        exclude: [],
        snapshot: label(snapshot),
        take: true,
      },
    },
  });

  it('is the first step, of all datasets at one instant, and is sent though it has no GUID yet', () => {
    const plan = planOf({ source, destination: emptyNas(), ...take('new') });
    expect(plan.ready).toBe(true);
    expect(plan.steps[0]).toMatchObject({
      kind: 'snapshot',
      commands: [{ argv: ['zfs', 'snapshot', '-r', 'tank/home@new'] }],
    });
    expect(plan.streams.map(({ snapshot, guid }) => [snapshot, guid])).toEqual([
      ['tank/home@new', null],
      ['tank/home/a@new', null],
    ]);
  });

  it('is estimated by what was written since the newest', () => {
    const destination = emptyNas({
      datasets: [filesystem('backup'), filesystem('backup/home')],
      snapshots: snapshots('backup/home', [{ label: 'x', guid: '1' }], 7000),
    });
    const { change } = take('new');
    const plan = planOf({ source, destination, change });
    expect(plan.estimate).toMatchObject({ bytes: 4096 });
  });

  it('cannot have a name that is taken', () => {
    expect(codesOf(planOf({ source, destination: emptyNas(), ...take('x') }))).toContain('snapshot-exists');
  });
});
