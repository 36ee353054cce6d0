/** Comparing volumes block by block, on real hosts whose snapshots of volumes have no devices; cut, killed and gone on with. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectLab, type LabHost } from './lab.ts';
import type { Link } from './link.ts';
import { Sluice } from './sluice.ts';

/** Enough that neither the kill nor the cut comes after the last of them. */
const BLOCKS = 8;

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;
let link: Link;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('vysrc', { sizeMb: 300 });
  await beta.pool('vydst', { sizeMb: 300 });
  await alpha.run(`zfs create -s -V ${BLOCKS * 16}M vysrc/disk; udevadm settle`);
  await alpha.run(
    `until [ -e /dev/zvol/vysrc/disk ]; do sleep 0.2; done; dd if=/dev/urandom of=/dev/zvol/vysrc/disk bs=1M count=6 seek=13 conv=fsync`,
  );
  await alpha.run('zfs snapshot vysrc/disk@one');
  link = await beta.link();
  sluice = await Sluice.create();
  await sluice.addHost(alpha);
  await sluice.addHost(beta, { url: link.url() });
});
afterAll(async () => {
  await link.close();
  await sluice.dispose();
  await alpha.run('zpool destroy vysrc');
  await beta.run('zpool destroy vydst');
});

const clonesOn = async (host: LabHost, pool: string) =>
  (await host.run(`zfs list -H -o name -r ${pool} | grep sluice- || true`)).stdout.trim();

test('a volume is compared block by block, over a cut line and by a process after the other, and no clone is left', {
  timeout: 600_000,
}, async () => {
  expect(await sluice.run('alpha:vysrc/disk', 'beta:vydst/disk')).toMatchObject({ status: 0 });
  const compare = () => sluice.compare('alpha:vysrc/disk', 'beta:vydst/disk');

  const killed = compare();
  await killed.until(({ phase, done }) => phase === 'blocks' && done >= 1);
  killed.child.kill('SIGKILL');
  await killed.ended;

  const next = compare();
  await next.until(({ phase }) => phase === 'blocks');
  link.cut();
  const { status, verdict } = await next.ended;
  expect(verdict).toMatchObject({
    equal: true,
    content: [{ state: 'equal', blocks: BLOCKS, bytes: BLOCKS * 16 * 1024 ** 2, files: 0, remarks: [] }],
  });
  expect(status).toBe(0);
  const phases = next.progress.map(({ phase }) => phase);
  expect(phases).toContain('waiting');
  expect(next.progress.find(({ phase }) => phase === 'blocks')?.total).toBe(BLOCKS);
  for (const [host, pool] of [
    [alpha, 'vysrc'],
    [beta, 'vydst'],
  ] as const)
    await expect.poll(() => clonesOn(host, pool), { timeout: 60_000, interval: 1000 }).toBe('');
});
