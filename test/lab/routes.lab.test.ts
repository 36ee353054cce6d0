/** Streams that do not come through this computer, between real hosts; damage on the way; and comparing afterwards. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { guidOf, property, writeRandom } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('trsrc', { sizeMb: 200 });
  await beta.pool('trdst', { sizeMb: 200 });
  await alpha.run('zfs create trsrc/data; zfs create trsrc/data/below; echo small > /trsrc/data/below/file');
  await writeRandom(alpha, '/trsrc/data/random', 12);
  await alpha.run(['zfs', 'snapshot', '-r', 'trsrc/data@one']);
});
beforeEach(async () => {
  sluice = await Sluice.create();
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
});
afterEach(() => sluice.dispose());
afterAll(async () => {
  await alpha.run('zpool destroy trsrc');
  await beta.run('zpool destroy trdst');
});

/** What authorized_keys of root held before and holds after, and what of a stream still runs. */
const keysOf = async (host: LabHost) => (await host.run('cat .ssh/authorized_keys 2>/dev/null || true')).stdout;
const streamsOn = async (host: LabHost) =>
  (await host.run('pgrep -af "[z]fs (send|receive) .*tr(src|dst)" || true')).stdout.trim();

test('direct: a package goes past this computer with a key for each receive, of which nothing is left', {
  timeout: 600_000,
}, async () => {
  const before = await keysOf(beta);
  const ended = await sluice.run(
    'alpha:trsrc/data',
    'beta:trdst/direct',
    '--package',
    'replication',
    '--route',
    'direct',
  );
  expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
  const kinds = ended.events.flatMap((event) => (event.event === 'step' && event.state === 'done' ? [event.kind] : []));
  expect(kinds.filter((kind) => kind === 'authorize' || kind === 'revoke')).toHaveLength(4);
  expect(await keysOf(beta)).toBe(before);
  expect(await streamsOn(alpha)).toBe('');
  expect(await streamsOn(beta)).toBe('');
  for (const below of ['', '/below'])
    expect(await guidOf(beta, `trdst/direct${below}@one`)).toBe(await guidOf(alpha, `trsrc/data${below}@one`));
  // Every file, read on both hosts.
  const compared = await sluice.command('verify', 'alpha:trsrc/data', 'beta:trdst/direct', '--content', '--json');
  const last: unknown = JSON.parse(compared.stdout.trim().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({
    event: 'finished',
    verdict: { equal: true, differenceCount: 0, content: [{ state: 'equal' }, { state: 'equal' }] },
  });
  expect(compared.status).toBe(0);
});

test('both ends on one host: the bytes stay there', { timeout: 300_000 }, async () => {
  const { plan } = await sluice.plan('alpha:trsrc/data', 'alpha:trsrc/copy');
  expect(plan.route).toBe('local');
  const ended = await sluice.run('alpha:trsrc/data', 'alpha:trsrc/copy');
  expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
  expect(await guidOf(alpha, 'trsrc/copy@one')).toBe(await guidOf(alpha, 'trsrc/data@one'));
});

test('a byte that is changed on the way is noticed, and the stream goes on from the last good place', {
  timeout: 300_000,
}, async () => {
  process.env.SLUICE_TEST_FLIP = String(6 * 1024 ** 2);
  const ended = await sluice
    .run('alpha:trsrc/data', 'beta:trdst/changed', '--route', 'relay')
    .finally(() => delete process.env.SLUICE_TEST_FLIP);
  expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true, interruptions: 1 } } });
  const retries = ended.events.flatMap((event) => (event.event === 'retry' ? [event.error.code] : []));
  expect(retries).toHaveLength(1);
  expect(['stream-damaged', 'stream-cut']).toContain(retries[0]);
  expect(await guidOf(beta, 'trdst/changed@one')).toBe(await guidOf(alpha, 'trsrc/data@one'));
  expect(await property(beta, 'receive_resume_token', 'trdst/changed')).toBe('-');
  const compared = await sluice.command('verify', 'alpha:trsrc/data@one', 'beta:trdst/changed', '--content');
  expect(compared.stdout).toContain('Content of trsrc/data@one equal');
});
