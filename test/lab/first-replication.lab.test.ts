import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentOf, guidOf, property, writeRandom } from './compare.ts';
import { releaseAll } from './holds.ts';
import { connectLab, type Lab, type LabHost } from './lab.ts';
import { hasProgressed, Sluice } from './sluice.ts';

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;

beforeAll(() => {
  lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
});
beforeEach(async () => {
  sluice = await Sluice.create();
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
});
afterEach(() => sluice.dispose());
afterAll(async () => {
  for (const host of [alpha, beta])
    await host.run('zpool destroy first 2>/dev/null; zpool destroy backup 2>/dev/null; true');
});

describe('a dataset of 200 MB, from one OpenZFS host to another', () => {
  beforeAll(async () => {
    await alpha.pool('first', { sizeMb: 700 });
    await beta.pool('backup', { sizeMb: 700 });
    await alpha.run('zfs create first/data');
    await writeRandom(alpha, '/first/data/random', 200);
    await alpha.run(
      'mkdir /first/data/dir; ln -s ../random /first/data/dir/link; chmod 640 /first/data/random; zfs snapshot first/data@one',
    );
  });

  test('is copied in full, with live progress, and proved', { timeout: 400_000 }, async () => {
    const run = await sluice.run('alpha:first/data', 'beta:backup/data');
    expect(run.finished).toMatchObject({ status: 'done', error: null, receipt: { proved: true } });
    expect(run.status).toBe(0);
    expect(run.events.filter(hasProgressed(1)).length).toBeGreaterThan(5);
    const seen = run.events.flatMap((event) => (event.event === 'progress' ? [event.bytes] : []));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(await guidOf(beta, 'backup/data@one')).toBe(await guidOf(alpha, 'first/data@one'));
    expect(await contentOf(beta, 'backup/data', 'one')).toBe(await contentOf(alpha, 'first/data', 'one'));
    expect(await property(beta, 'readonly', 'backup/data')).toBe('on');
    expect(await property(beta, 'mounted', 'backup/data')).toBe('no');
  });

  test('then only the increment goes over the wire', { timeout: 200_000 }, async () => {
    await alpha.run(
      'echo more > /first/data/more; zfs snapshot first/data@two; echo again >> /first/data/more; zfs snapshot first/data@three',
    );
    const { plan, status } = await sluice.plan('alpha:first/data', 'beta:backup/data');
    expect(status).toBe(0);
    expect(plan.streams.map(({ type, snapshot, from }) => [type, snapshot, from])).toEqual([
      ['incr', 'first/data@two', 'first/data@one'],
      ['incr', 'first/data@three', 'first/data@two'],
    ]);
    const run = await sluice.run('alpha:first/data', 'beta:backup/data');
    expect(run.finished).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(run.finished?.receipt).toMatchObject({ bytes: expect.toSatisfy((bytes: number) => bytes < 1_000_000) });
    expect(await contentOf(beta, 'backup/data', 'three')).toBe(await contentOf(alpha, 'first/data', 'three'));
    expect(
      (await beta.run(['zfs', 'list', '-H', '-t', 'snapshot', '-o', 'name', '-r', 'backup/data'])).stdout
        .trim()
        .split('\n'),
    ).toHaveLength(3);
  });

  test('then there is nothing to send', async () => {
    const run = await sluice.run('alpha:first/data', 'beta:backup/data');
    expect(run).toMatchObject({ status: 0, finished: { status: 'done', streams: [], receipt: null } });
  });

  test('the bases stay protected: held on both sides, bookmarked at the source, older holds released', async () => {
    expect(await property(alpha, 'userrefs', 'first/data@three')).toBe('1');
    expect(await property(alpha, 'userrefs', 'first/data@one')).toBe('0');
    expect(await property(beta, 'userrefs', 'backup/data@three')).toBe('1');
    expect(await property(beta, 'userrefs', 'backup/data@one')).toBe('0');
    expect((await alpha.run('zfs list -H -t bookmark -o name')).stdout).toContain('first/data#sluice-three');
  });

  test('an increment whose base snapshot is gone starts from the bookmark', { timeout: 200_000 }, async () => {
    await alpha.run(
      `echo x > /first/data/x; zfs snapshot first/data@four; ${releaseAll('first/data@three')}; zfs destroy first/data@three`,
    );
    const { plan } = await sluice.plan('alpha:first/data', 'beta:backup/data');
    expect(plan.streams).toMatchObject([{ type: 'incr', from: 'first/data#sluice-three' }]);
    expect(await sluice.run('alpha:first/data', 'beta:backup/data')).toMatchObject({ status: 0 });
    expect(await contentOf(beta, 'backup/data', 'four')).toBe(await contentOf(alpha, 'first/data', 'four'));
  });
});

describe('the how-to every ZFS user begins with: a writable copy that somebody touches', () => {
  beforeAll(async () => {
    await alpha.pool('first', { sizeMb: 300 });
    await beta.pool('backup', { sizeMb: 300 });
    await alpha.run('zfs create first/home; echo original > /first/home/file; zfs snapshot first/home@snap1');
  });

  test('the incremental is blocked, names what changed, offers the ways out, destroys nothing', {
    timeout: 300_000,
  }, async () => {
    expect(
      await sluice.run('alpha:first/home', 'beta:backup/home', '--readonly', 'off', '--mount', 'yes'),
    ).toMatchObject({ status: 0 });
    await beta.run('zfs mount backup/home 2>/dev/null; echo touched >> /backup/home/file; sync; zpool sync');
    await alpha.run('echo newer > /first/home/newer; zfs snapshot first/home@snap2');
    const { plan, status } = await sluice.plan('alpha:first/home', 'beta:backup/home');
    expect(status).toBe(2);
    const [finding] = plan.findings.filter(({ severity }) => severity === 'blocks');
    expect(finding?.code).toBe('destination-changed');
    expect(JSON.stringify(finding?.evidence)).toContain('/backup/home/file');
    expect(finding?.evidence.written).toBeGreaterThan(0);
    expect(finding?.fixes.map(({ destructive }) => destructive)).toEqual([false, false, true]);
    expect(await sluice.run('alpha:first/home', 'beta:backup/home')).toMatchObject({
      status: 2,
      finished: { status: 'blocked', error: { code: 'destination-changed' } },
    });
    expect((await beta.run('cat /backup/home/file')).stdout).toBe('original\ntouched\n');
  });

  test('set aside: the old copy keeps everything under a new name', { timeout: 300_000 }, async () => {
    expect(await sluice.run('alpha:first/home', 'beta:backup/home', '--on-divergence', 'set-aside')).toMatchObject({
      status: 0,
      finished: { status: 'done' },
    });
    const aside = (await beta.run('zfs list -H -o name -r backup')).stdout
      .split('\n')
      .find((name) => name.includes('home-old-'));
    expect(aside).toBeDefined();
    expect(await guidOf(beta, `${aside}@snap1`)).toBe(await guidOf(alpha, 'first/home@snap1'));
    expect(await contentOf(beta, 'backup/home', 'snap2')).toBe(await contentOf(alpha, 'first/home', 'snap2'));
    expect(await property(beta, 'written', aside ?? '')).not.toBe('0');
  });

  test('rolled back: what is lost was listed, then the increment goes on', { timeout: 300_000 }, async () => {
    await beta.run(
      'zfs set readonly=off canmount=on backup/home; zfs mount backup/home 2>/dev/null; echo mine > /backup/home/mine; zpool sync; zfs snapshot backup/home@mine',
    );
    await alpha.run('zfs snapshot first/home@snap3');
    const { plan, status } = await sluice.plan('alpha:first/home', 'beta:backup/home', '--on-divergence', 'rollback');
    expect(status).toBe(0);
    expect(plan.losses.map(({ what, name }) => [what, name])).toContainEqual(['snapshot', 'backup/home@mine']);
    expect(await sluice.run('alpha:first/home', 'beta:backup/home', '--on-divergence', 'rollback')).toMatchObject({
      status: 0,
      finished: { status: 'done' },
    });
    expect(await contentOf(beta, 'backup/home', 'snap3')).toBe(await contentOf(alpha, 'first/home', 'snap3'));
  });

  test('with the default profile the same sequence just works', { timeout: 300_000 }, async () => {
    expect(await sluice.run('alpha:first/home@snap1', 'beta:backup/safe')).toMatchObject({ status: 0 });
    await beta.run(
      'zfs mount backup/safe; ls -lR /backup/safe; touch /backup/safe/file 2>/dev/null; zfs unmount backup/safe; zpool sync',
    );
    expect(await sluice.run('alpha:first/home', 'beta:backup/safe')).toMatchObject({
      status: 0,
      finished: { status: 'done', receipt: { proved: true } },
    });
  });
});
