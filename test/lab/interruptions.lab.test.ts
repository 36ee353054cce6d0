import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentOf, guidOf, property, writeRandom } from './compare.ts';
import { releaseAll } from './holds.ts';
import { connectLab, type Lab, type LabHost } from './lab.ts';
import type { Link } from './link.ts';
import { hasProgressed, Sluice } from './sluice.ts';

const MEGABYTE = 1024 ** 2;

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;
let links: Link[] = [];

beforeAll(async () => {
  lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('cutsrc', { sizeMb: 400 });
  await beta.pool('cutdst', { sizeMb: 700 });
  await alpha.run('zfs create cutsrc/data');
  await writeRandom(alpha, '/cutsrc/data/random', 80);
  await alpha.run(['zfs', 'snapshot', 'cutsrc/data@one']);
});
beforeEach(async () => {
  sluice = await Sluice.create();
});
afterEach(async () => {
  await sluice.dispose();
  await Promise.all(links.map((link) => link.close()));
  links = [];
});
afterAll(async () => {
  await alpha.run('zpool destroy cutsrc');
  await beta.run('zpool destroy cutdst');
});

async function through(host: LabHost): Promise<Link> {
  const link = await host.link();
  links.push(link);
  await sluice.addHost(host, { url: link.url() });
  return link;
}

async function expectEqual(target: string): Promise<void> {
  expect(await guidOf(beta, `${target}@one`)).toBe(await guidOf(alpha, 'cutsrc/data@one'));
  expect(await contentOf(beta, target, 'one')).toBe(await contentOf(alpha, 'cutsrc/data', 'one'));
  expect(await property(beta, 'receive_resume_token', target)).toBe('-');
}

test('the line is cut three times, once on each side and once on both: the run goes on from the token and ends done', {
  timeout: 600_000,
}, async () => {
  const source = await through(alpha);
  const destination = await through(beta);
  const run = sluice.start('run', 'alpha:cutsrc/data', 'beta:cutdst/cut', '--yes');
  const attempt = (number: number) => run.until((event) => event.event === 'started' && event.attempt === number);
  const sending = (bytes: number) =>
    run.until((event) => event.event === 'progress' && event.phase === 'sending' && event.bytes >= bytes);
  await attempt(1);
  await sending(15 * MEGABYTE);
  source.cut();
  await attempt(2);
  await sending(35 * MEGABYTE);
  destination.cut();
  await attempt(3);
  await sending(55 * MEGABYTE);
  source.cut();
  destination.cut();
  const ended = await run.ended;
  expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true, interruptions: 3 } } });
  const retries = run.events.filter(({ event }) => event === 'retry');
  expect(retries).toHaveLength(3);
  const later = run.events.flatMap((event) =>
    event.event === 'started' && event.attempt > 1 ? event.plan.streams : [],
  );
  expect(later).toHaveLength(3);
  // Each attempt had less to send than the one before: nothing was begun again from its start.
  expect(later.every(({ alreadyReceived }) => alreadyReceived > 0)).toBe(true);
  await expectEqual('cutdst/cut');
});

test('killed with SIGKILL in the middle, sluice resume ends it', { timeout: 600_000 }, async () => {
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
  const run = sluice.start('run', 'alpha:cutsrc/data', 'beta:cutdst/killed', '--yes');
  await run.until(hasProgressed(30 * MEGABYTE));
  run.child.kill('SIGKILL');
  await run.ended;
  const id = run.events[0]?.run ?? '';
  const listed = await sluice.command('runs', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject([{ run: id, status: 'interrupted', resumable: true }]);
  const again = sluice.start('resume', id);
  const ended = await again.ended;
  expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
  const [started] = again.events;
  expect(started).toMatchObject({ event: 'started', run: id });
  expect(started?.event === 'started' && (started.plan.streams[0]?.alreadyReceived ?? 0)).toBeGreaterThan(MEGABYTE);
  await expectEqual('cutdst/killed');
  expect((await sluice.command('receipt', id)).stdout).toContain('Proved');
  expect(await sluice.command('resume', id)).toMatchObject({ status: 1 });
});

test('Ctrl-C leaves a run that can be gone on with, and no command behind', { timeout: 600_000 }, async () => {
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
  const run = sluice.start('run', 'alpha:cutsrc/data', 'beta:cutdst/stopped', '--yes', '--limit', '4M');
  await run.until(hasProgressed(10 * MEGABYTE));
  run.child.kill('SIGINT');
  expect(await run.ended).toMatchObject({ status: 3, finished: { status: 'interrupted' } });
  await expect
    .poll(async () => (await beta.run('pgrep -fx "zfs receive.*" || true')).stdout.trim(), {
      timeout: 60_000,
      interval: 2000,
    })
    .toBe('');
  await expect
    .poll(async () => (await alpha.run('pgrep -fx "zfs send.*" || true')).stdout.trim(), {
      timeout: 60_000,
      interval: 2000,
    })
    .toBe('');
  expect(await property(beta, 'receive_resume_token', 'cutdst/stopped')).not.toBe('-');
  expect(await sluice.start('resume', run.events[0]?.run ?? '').ended).toMatchObject({
    status: 0,
    finished: { status: 'done' },
  });
  await expectEqual('cutdst/stopped');
});

test('the source snapshot is destroyed after a cut: what was received is kept and the finding says why it is of no use', {
  timeout: 600_000,
}, async () => {
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
  await alpha.run('zfs snapshot cutsrc/data@short');
  const run = sluice.start('run', 'alpha:cutsrc/data@short', 'beta:cutdst/gone', '--yes', '--limit', '4M');
  await run.until(hasProgressed(8 * MEGABYTE));
  run.child.kill('SIGINT');
  await run.ended;
  await alpha.run(`${releaseAll('cutsrc/data@short')}; zfs destroy cutsrc/data@short`);
  const { status, plan } = await sluice.plan('alpha:cutsrc/data', 'beta:cutdst/gone');
  expect(status).toBe(2);
  expect(plan.findings[0]).toMatchObject({ code: 'partial-does-not-fit', severity: 'blocks' });
  expect(plan.findings[0]?.fixes.at(-1)).toMatchObject({ destructive: true, change: { partial: 'discard' } });
  expect(await property(beta, 'receive_resume_token', 'cutdst/gone')).not.toBe('-');
  expect(await sluice.run('alpha:cutsrc/data@one', 'beta:cutdst/gone', '--partial', 'discard')).toMatchObject({
    status: 0,
    finished: { status: 'done' },
  });
  await expectEqual('cutdst/gone');
});
