/** Streams that are compressed and buffered on their way, with the hosts' own tools. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ReceiptSchema } from '../../shared/model/run.ts';
import { guidOf } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('packsrc', { sizeMb: 128 });
  await beta.pool('packdst', { sizeMb: 128 });
  // Without compression in the pool the stream has all the lines that are alike.
  await alpha.run('zfs create -o compression=off packsrc/data; seq 1 1000000 > /packsrc/data/lines');
  await alpha.run(['zfs', 'snapshot', 'packsrc/data@one']);
});
beforeEach(async () => {
  sluice = await Sluice.create();
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
});
afterEach(() => sluice.dispose());
afterAll(async () => {
  await alpha.run('zpool destroy packsrc');
  await beta.run('zpool destroy packdst');
});

const leftOn = async (host: LabHost) =>
  (await host.run('pgrep -af "[z]std -q|[l]z4 -q|[m]buffer -q" || true')).stdout.trim();

test.for([
  ['relay', 'zstd'],
  ['direct', 'lz4'],
] as const)(
  '%s with %s: what was shown ran, and the copy is the original',
  { timeout: 300_000 },
  async ([route, by]) => {
    const copy = `packdst/${route}`;
    const words = ['alpha:packsrc/data', `beta:${copy}`, '--route', route, '--compress', by] as const;
    const { plan } = await sluice.plan(...words);
    const shown = plan.steps.find(({ kind }) => kind === 'send-receive');
    expect(shown?.commands.map(({ argv: [program] }) => program)).toEqual(
      route === 'direct'
        ? ['zfs', by, 'mbuffer', 'ssh', 'mbuffer', by, 'zfs']
        : ['zfs', by, 'mbuffer', 'mbuffer', by, 'zfs'],
    );
    const ended = await sluice.run(...words);
    expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
    expect(await guidOf(beta, `${copy}@one`)).toBe(await guidOf(alpha, 'packsrc/data@one'));
    // All of the stream is counted, not what is left of it on the line.
    const { bytes, remarks } = ReceiptSchema.parse(ended.finished?.receipt);
    expect(bytes).toBeGreaterThan(6 * 1024 ** 2);
    const said = remarks.map(({ text }) => text);
    expect(said.some((text) => text.startsWith('Compressed in transit'))).toBe(route === 'relay');
    expect([await leftOn(alpha), await leftOn(beta)]).toEqual(['', '']);
  },
);

test('a byte that is changed in the compressed stream is noticed, and the copy ends right', {
  timeout: 300_000,
}, async () => {
  process.env.SLUICE_TEST_FLIP = String(256 * 1024);
  const ended = await sluice
    .run('alpha:packsrc/data', 'beta:packdst/cut', '--route', 'relay', '--compress', 'zstd')
    .finally(() => delete process.env.SLUICE_TEST_FLIP);
  expect(ended.finished?.error).toBeNull();
  expect(ended).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true, interruptions: 1 } } });
  expect(await guidOf(beta, 'packdst/cut@one')).toBe(await guidOf(alpha, 'packsrc/data@one'));
});
