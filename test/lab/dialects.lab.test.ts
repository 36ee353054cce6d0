import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentOf, guidOf, property } from './compare.ts';
import { connectLab, type Lab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let fuse: LabHost;
let sluice: Sluice;

beforeAll(async () => {
  lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  fuse = lab.host('fuse');
  await fuse.pool('olddata', { sizeMb: 200 });
  await fuse.pool('oldback', { sizeMb: 200 });
  await alpha.pool('newsrc', { sizeMb: 100 });
  await beta.pool('newback', { sizeMb: 200 });
  const mountpoint = (await fuse.run(['zfs', 'get', '-H', '-o', 'value', 'mountpoint', 'olddata'])).stdout.trim();
  await fuse.run(
    `zfs create olddata/home; dd if=/dev/urandom of=${mountpoint}/home/random bs=1M count=20; zfs snapshot olddata/home@one`,
  );
  await alpha.run('zfs create newsrc/data; echo x > /newsrc/data/x; zfs snapshot newsrc/data@one');
});
beforeEach(async () => {
  sluice = await Sluice.create();
  for (const host of [alpha, beta, fuse]) await sluice.addHost(host);
});
afterEach(() => sluice.dispose());
afterAll(async () => {
  await fuse.run('zpool destroy olddata; zpool destroy oldback');
  await alpha.run('zpool destroy newsrc');
  await beta.run('zpool destroy newback');
});

describe('zfs-fuse 0.7 to OpenZFS 2.3', () => {
  test('what the old tools lack is said and planned around; the copy is proved', { timeout: 300_000 }, async () => {
    const { plan, status } = await sluice.plan('fuse:olddata/home', 'beta:newback/home');
    expect(status).toBe(0);
    expect(plan.findings.map(({ code }) => code)).toContain('early-source');
    const [send, receive] = plan.steps.find(({ kind }) => kind === 'send-receive')?.commands ?? [];
    expect(send?.argv).toEqual(['zfs', 'send', 'olddata/home@one']);
    expect(receive?.argv).not.toContain('-s');
    expect(receive?.argv).toContain('-u');
    expect(plan.estimate.method).toContain('refers to');
    expect(await sluice.run('fuse:olddata/home', 'beta:newback/home')).toMatchObject({
      status: 0,
      finished: { status: 'done', receipt: { proved: true } },
    });
    expect(await guidOf(beta, 'newback/home@one')).toBe(await guidOf(fuse, 'olddata/home@one'));
    expect(await contentOf(beta, 'newback/home', 'one')).toBe(await contentOf(fuse, 'olddata/home', 'one'));
  });

  test('and incrementally', { timeout: 300_000 }, async () => {
    await fuse.run('echo more > $(zfs get -H -o value mountpoint olddata/home)/more; zfs snapshot olddata/home@two');
    const { plan } = await sluice.plan('fuse:olddata/home', 'beta:newback/home');
    expect(plan.streams).toMatchObject([{ type: 'incr', from: 'olddata/home@one', bytes: null }]);
    expect(await sluice.run('fuse:olddata/home', 'beta:newback/home')).toMatchObject({
      status: 0,
      finished: { status: 'done' },
    });
    expect(await contentOf(beta, 'newback/home', 'two')).toBe(await contentOf(fuse, 'olddata/home', 'two'));
    expect(await sluice.run('fuse:olddata/home', 'beta:newback/home')).toMatchObject({
      status: 0,
      finished: { status: 'done', streams: [] },
    });
  });
});

describe('zfs-fuse to zfs-fuse', () => {
  test('properties are set after receiving, since receive takes none', { timeout: 300_000 }, async () => {
    const { plan } = await sluice.plan('fuse:olddata/home', 'fuse:oldback/home');
    const receive = plan.steps.find(({ kind }) => kind === 'send-receive')?.commands[1];
    expect(receive?.argv).toEqual(['zfs', 'receive', '-u', 'oldback/home']);
    expect(plan.steps.some(({ kind }) => kind === 'set-property')).toBe(true);
    const run = await sluice.run('fuse:olddata/home', 'fuse:oldback/home');
    expect(run).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
    expect(await property(fuse, 'readonly', 'oldback/home')).toBe('on');
    expect(await contentOf(fuse, 'oldback/home', 'two')).toBe(await contentOf(fuse, 'olddata/home', 'two'));
  });
});

test('OpenZFS to zfs-fuse is refused before a byte: it would be received and unreadable', async () => {
  const { plan, status } = await sluice.plan('alpha:newsrc/data', 'fuse:oldback/new');
  expect(status).toBe(2);
  expect(plan.findings[0]?.code).toBe('stream-not-readable-there');
});

describe('users without root', () => {
  test('sudo -n for zfs only, on both sides', { timeout: 300_000 }, async () => {
    await sluice.addHost(alpha, { name: 'alpha-sudo', user: 'sudoer' });
    await sluice.addHost(beta, { name: 'beta-sudo', user: 'sudoer' });
    const { plan } = await sluice.plan('alpha-sudo:newsrc/data', 'beta-sudo:newback/sudo');
    expect(plan.steps.find(({ kind }) => kind === 'send-receive')?.commands[0]?.argv.slice(0, 3)).toEqual([
      'sudo',
      '-n',
      'zfs',
    ]);
    expect(await sluice.run('alpha-sudo:newsrc/data', 'beta-sudo:newback/sudo')).toMatchObject({
      status: 0,
      finished: { status: 'done', receipt: { proved: true } },
    });
  });

  test('zfs allow only, on both sides', { timeout: 300_000 }, async () => {
    await alpha.run('zfs allow sluice-delegate send,hold,release,bookmark newsrc/data');
    await beta.run(
      'zfs create newback/for-delegate; zfs allow sluice-delegate receive,create,mount,hold,release,readonly,canmount,setuid,devices newback/for-delegate',
    );
    await sluice.addHost(alpha, { name: 'alpha-allow', user: 'delegate' });
    await sluice.addHost(beta, { name: 'beta-allow', user: 'delegate' });
    expect(await sluice.run('alpha-allow:newsrc/data', 'beta-allow:newback/for-delegate/data')).toMatchObject({
      status: 0,
      finished: { status: 'done', receipt: { proved: true } },
    });
    expect(await guidOf(beta, 'newback/for-delegate/data@one')).toBe(await guidOf(alpha, 'newsrc/data@one'));
  });

  test('a user with nothing is told which permissions are missing, before anything is sent', async () => {
    await sluice.addHost(beta, { name: 'beta-nobody', user: 'nobody' });
    const run = await sluice.run('alpha:newsrc/data', 'beta-nobody:newback/never');
    expect(run).toMatchObject({ status: 2, finished: { status: 'blocked', error: { code: 'permission-missing' } } });
    expect(JSON.stringify(run.finished)).toContain('"zfs","allow"');
    expect((await beta.run(['zfs', 'list', 'newback/never'], { allowFailure: true })).status).toBe(1);
  });
});
