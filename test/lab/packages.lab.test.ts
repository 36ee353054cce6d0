/**
 * Packages on real ZFS: the stream tables are those of real streams, and what is received has the snapshots, clones and
 * origins of the source. The layout is that of the Solaris documentation.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../../shared/model/plan.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { guidOf, property, writeRandom } from './compare.ts';
import { connectLab, type Lab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

const KINDS = ['recursive', 'self-contained', 'replication'] as const;

/** zfs-fuse mounts below a folder of its own. */
const write = (dataset: string, file: string) =>
  `echo ${file} > "$(zfs get -H -o value mountpoint ${dataset})/${file}"`;

/** `pool/b/1` is a clone from outside `pool/b`, `pool/b/2` one of `pool/b/1`. */
const layout = (pool: string) =>
  [
    `zfs create ${pool}/a`,
    `zfs create ${pool}/a/1`,
    write(`${pool}/a/1`, 'file'),
    `zfs snapshot ${pool}/a/1@clone`,
    `zfs create ${pool}/b`,
    `zfs clone ${pool}/a/1@clone ${pool}/b/1`,
    write(`${pool}/b/1`, 'second'),
    `zfs snapshot ${pool}/b/1@clone2`,
    `zfs clone ${pool}/b/1@clone2 ${pool}/b/2`,
    write(`${pool}/b/2`, 'third'),
    `zfs snapshot -r ${pool}/b@pre-send`,
    write(`${pool}/b`, 'fourth'),
    `zfs snapshot -r ${pool}/b@send`,
  ].join(' && ');

const tables = (pool: string): Record<(typeof KINDS)[number], string[]> => ({
  recursive: [
    `full ${pool}/b@send`,
    `incr ${pool}/b/1@clone2 from ${pool}/a/1@clone`,
    `incr ${pool}/b/1@send from ${pool}/b/1@clone2`,
    `incr ${pool}/b/2@send from ${pool}/b/1@clone2`,
  ],
  'self-contained': [
    `full ${pool}/b@send`,
    `full ${pool}/b/1@clone2`,
    `incr ${pool}/b/1@send from ${pool}/b/1@clone2`,
    `incr ${pool}/b/2@send from ${pool}/b/1@clone2`,
  ],
  replication: [
    `full ${pool}/b@pre-send`,
    `incr ${pool}/b@send from ${pool}/b@pre-send`,
    `incr ${pool}/b/1@clone2 from ${pool}/a/1@clone`,
    `incr ${pool}/b/1@pre-send from ${pool}/b/1@clone2`,
    `incr ${pool}/b/1@send from ${pool}/b/1@pre-send`,
    `incr ${pool}/b/2@pre-send from ${pool}/b/1@clone2`,
    `incr ${pool}/b/2@send from ${pool}/b/2@pre-send`,
  ],
});

const tableOf = (plan: Plan): string[] =>
  plan.streams.map(({ type, snapshot, from }) => `${type} ${snapshot}${from === null ? '' : ` from ${from}`}`);

/** The streams that a command really sends, by `zstream dump` (`zstreamdump` of older tools), in the same words. */
async function realTable(host: LabHost, commands: readonly string[], names: ReadonlyMap<string, string>) {
  const dump = host.kind === 'openzfs' ? 'zstream dump' : 'zstreamdump';
  const { stdout } = await host.run(commands.map((command) => `${command} | ${dump}`).join(' && '));
  return stdout.split('BEGIN record').flatMap((record) => {
    const field = (name: string) => new RegExp(`^\\s*${name} = (\\S+)`, 'm').exec(record)?.[1] ?? '';
    // Type 2 wraps the single streams of a package.
    if (field('hdrtype') !== '1') return [];
    const from = BigInt(`0x${field('fromguid') || '0'}`);
    const start = from === 0n ? '' : ` from ${names.get(from.toString())}`;
    return [`${from === 0n ? 'full' : 'incr'} ${field('toname')}${start}`];
  });
}

async function snapshotsByGuid(host: LabHost, pool: string): Promise<Map<string, string>> {
  const { stdout } = await host.run(
    host.kind === 'openzfs'
      ? `zfs list -Hp -t snapshot -o guid,name -r ${pool}`
      : `zfs get -rHp -o value,name guid ${pool}`,
  );
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t') as [string, string])
      .filter(([, name]) => name.includes('@')),
  );
}

const sendsOf = (plan: Plan): string[] =>
  plan.steps.flatMap(({ kind, commands }) =>
    kind === 'send-receive' && commands[0] !== undefined ? [showCommand(commands[0].argv)] : [],
  );

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let fuse: LabHost;
let sluice: Sluice;

beforeAll(async () => {
  lab = connectLab();
  [alpha, beta, fuse] = [lab.host('alpha'), lab.host('beta'), lab.host('fuse')];
  await Promise.all([
    alpha.pool('pkgsrc', { sizeMb: 256 }).then(() => alpha.run(layout('pkgsrc'))),
    fuse.pool('pkgfuse', { sizeMb: 128 }).then(() => fuse.run(layout('pkgfuse'))),
    fuse.pool('pkgfuse2', { sizeMb: 128 }),
  ]);
});
beforeEach(async () => {
  sluice = await Sluice.create();
  for (const host of [alpha, beta, fuse]) await sluice.addHost(host);
});
afterEach(() => sluice.dispose());
afterAll(async () => {
  await Promise.all([
    alpha.run('zpool destroy pkgsrc 2>/dev/null; true'),
    beta.run('zpool destroy pkgdst 2>/dev/null; true'),
    fuse.run('zpool destroy pkgfuse 2>/dev/null; zpool destroy pkgfuse2 2>/dev/null; true'),
  ]);
});

describe('the stream table is what real streams hold', () => {
  test('on OpenZFS, of all three packages and of zfs send -R', { timeout: 240_000 }, async () => {
    await beta.pool('pkgdst', { sizeMb: 256 });
    await sluice.run('alpha:pkgsrc/a/1@clone', 'beta:pkgdst/origin');
    const names = await snapshotsByGuid(alpha, 'pkgsrc');
    for (const kind of KINDS) {
      const { plan, status } = await sluice.plan('alpha:pkgsrc/b@send', 'beta:pkgdst/b', '--package', kind);
      expect(status).toBe(0);
      expect(tableOf(plan)).toEqual(tables('pkgsrc')[kind]);
      expect(await realTable(alpha, sendsOf(plan), names)).toEqual(tableOf(plan));
    }
    expect(await realTable(alpha, ['zfs send -R pkgsrc/b@send'], names)).toEqual(tables('pkgsrc').replication);
  });

  test('on zfs-fuse', { timeout: 240_000 }, async () => {
    const first = await sluice.run('fuse:pkgfuse/a/1@clone', 'fuse:pkgfuse2/origin');
    expect(first.finished).toMatchObject({ status: 'done', receipt: { proved: true } });
    const names = await snapshotsByGuid(fuse, 'pkgfuse');
    for (const kind of KINDS) {
      const { plan, status } = await sluice.plan('fuse:pkgfuse/b@send', 'fuse:pkgfuse2/b', '--package', kind);
      expect(status).toBe(0);
      expect(tableOf(plan)).toEqual(tables('pkgfuse')[kind]);
      expect(await realTable(fuse, sendsOf(plan), names)).toEqual(tableOf(plan));
    }
    expect(await realTable(fuse, ['zfs send -R pkgfuse/b@send'], names)).toEqual(tables('pkgfuse').replication);
  });
});

/** Every snapshot of the plan is there with its GUID, and clones are clones of the snapshots they should be. */
async function expectReceived(host: LabHost, source: LabHost, plan: Plan, origins: Record<string, string>) {
  for (const { snapshot, target } of plan.streams) {
    const label = snapshot.slice(snapshot.indexOf('@'));
    expect(await guidOf(host, `${target}${label}`)).toBe(await guidOf(source, snapshot));
  }
  for (const [dataset, origin] of Object.entries(origins)) expect(await property(host, 'origin', dataset)).toBe(origin);
}

describe('received on OpenZFS', () => {
  test('into a pool without the origin: two are blocked before a byte, the third is done', {
    timeout: 300_000,
  }, async () => {
    await beta.pool('pkgdst', { sizeMb: 256 });
    for (const kind of ['recursive', 'replication'] as const) {
      const run = await sluice.run('alpha:pkgsrc/b@send', 'beta:pkgdst/b', '--package', kind);
      expect(run.status).toBe(2);
      expect(run.finished?.error).toMatchObject({ code: 'origin-missing' });
    }
    expect((await beta.run('zfs list -H -o name -r pkgdst')).stdout.trim()).toBe('pkgdst');
    const { plan } = await sluice.plan('alpha:pkgsrc/b@send', 'beta:pkgdst/b', '--package', 'self-contained');
    const run = await sluice.run('alpha:pkgsrc/b@send', 'beta:pkgdst/b', '--package', 'self-contained');
    expect(run.finished).toMatchObject({ status: 'done', error: null, receipt: { proved: true } });
    await expectReceived(beta, alpha, plan, { 'pkgdst/b/1': '-', 'pkgdst/b/2': 'pkgdst/b/1@clone2' });
  });

  test('into a pool that has the origin under another name: clones stay clones', { timeout: 400_000 }, async () => {
    for (const kind of ['recursive', 'replication'] as const) {
      await beta.pool('pkgdst', { sizeMb: 256 });
      await sluice.run('alpha:pkgsrc/a/1@clone', 'beta:pkgdst/some/where');
      const { plan } = await sluice.plan('alpha:pkgsrc/b@send', 'beta:pkgdst/b', '--package', kind);
      const run = await sluice.run('alpha:pkgsrc/b@send', 'beta:pkgdst/b', '--package', kind);
      expect(run.finished).toMatchObject({ status: 'done', error: null, receipt: { proved: true } });
      await expectReceived(beta, alpha, plan, {
        'pkgdst/b/1': 'pkgdst/some/where@clone',
        'pkgdst/b/2': 'pkgdst/b/1@clone2',
      });
    }
  });

  test('including the origin’s dataset, as offered, makes it possible', { timeout: 240_000 }, async () => {
    await beta.pool('pkgdst', { sizeMb: 256 });
    const run = await sluice.run(
      'alpha:pkgsrc/b@send',
      'beta:pkgdst',
      '--package=replication',
      '--also=pkgsrc/a/1',
      '--name=without-pool',
    );
    expect(run.finished).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(await property(beta, 'origin', 'pkgdst/b/1')).toBe('pkgdst/a/1@clone');
  });

  test('a snapshot made first, of the whole tree with a volume, then only what changed', {
    timeout: 300_000,
  }, async () => {
    await alpha.run(
      'zfs create pkgsrc/tree && zfs create -o compression=gzip -o quota=50M pkgsrc/tree/child && zfs create -V 8M pkgsrc/tree/vol',
    );
    await writeRandom(alpha, '/pkgsrc/tree/child/random', 2);
    const first = await sluice.run('alpha:pkgsrc/tree', 'beta:pkgdst/tree', '--package=replication', '--snapshot=one');
    expect(first.finished).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(await property(beta, 'compression', 'pkgdst/tree/child')).toBe('gzip');
    expect(await property(beta, 'quota', 'pkgdst/tree/child')).toBe('0');
    expect(await property(beta, 'canmount', 'pkgdst/tree/child')).toBe('noauto');
    await alpha.run('echo new > /pkgsrc/tree/child/new');
    const { plan } = await sluice.plan(
      'alpha:pkgsrc/tree',
      'beta:pkgdst/tree',
      '--package=replication',
      '--snapshot=two',
    );
    expect(plan.streams.map(({ type, guid }) => [type, guid])).toEqual([
      ['incr', null],
      ['incr', null],
      ['incr', null],
    ]);
    const second = await sluice.run('alpha:pkgsrc/tree', 'beta:pkgdst/tree', '--package=replication', '--snapshot=two');
    expect(second.finished).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(await guidOf(beta, 'pkgdst/tree/vol@two')).toBe(await guidOf(alpha, 'pkgsrc/tree/vol@two'));
  });
});
