import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../shared/model/plan.ts';
import { guidOf, property } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('plown', { sizeMb: 100 });
  await beta.pool('plgot', { sizeMb: 100 });
  await alpha.run(
    'zfs create "plown/my data"; for s in a b c; do echo $s >"/plown/my data/$s"; zfs snapshot "plown/my data@$s"; done',
  );
  await beta.run('zfs create plgot/in');
  sluice = await Sluice.create();
  for (const host of [alpha, beta]) await sluice.addHost(host, { user: 'delegate' });
});
afterAll(async () => {
  await sluice.dispose();
  await alpha.run('zpool destroy plown');
  await beta.run('zpool destroy plgot');
});

const lines = (findings: readonly Finding[]) =>
  findings.flatMap(({ fixes }) => fixes.flatMap(({ command }) => (command === undefined ? [] : [command])));

/** The administrator runs what a finding says. */
async function applyFixes(findings: readonly Finding[]): Promise<void> {
  for (const { host, argv } of lines(findings)) await (host === 'alpha' ? alpha : beta).run(argv);
}

test('a user without rights is told what lacks, and the lines are enough for a copy and its update', {
  timeout: 300_000,
}, async () => {
  const first = ['alpha:plown/my data@a', 'beta:plgot/in/data'] as const;
  const { plan, status } = await sluice.plan(...first);
  expect(status).toBe(2);
  const missing = plan.findings.filter(({ code }) => code === 'permission-missing');
  expect(missing.map(({ evidence }) => evidence)).toMatchObject([
    { host: 'alpha', user: 'sluice-delegate', have: [], missing: ['bookmark', 'hold', 'send'] },
    {
      host: 'beta',
      have: [],
      missing: ['canmount', 'create', 'devices', 'hold', 'mount', 'readonly', 'receive', 'setuid'],
    },
  ]);
  await applyFixes(missing);
  expect((await sluice.plan(...first)).plan.findings.map(({ code }) => code)).not.toContain('permission-missing');
  expect(await sluice.run(...first)).toMatchObject({
    status: 0,
    finished: { status: 'done', receipt: { proved: true } },
  });
  expect(await guidOf(beta, 'plgot/in/data@a')).toBe(await guidOf(alpha, 'plown/my data@a'));
  expect(await property(beta, 'readonly', 'plgot/in/data')).toBe('on');

  // The update releases older holds: that lacks, but does not stop it.
  const update = ['alpha:plown/my data', 'beta:plgot/in/data'] as const;
  const { plan: next, status: ready } = await sluice.plan(...update);
  expect(ready).toBe(0);
  const partly = next.findings.filter(({ code }) => code === 'permission-partly-missing');
  expect(partly.map(({ evidence }) => evidence.missing)).toEqual([['release'], ['release']]);
  await applyFixes(partly);
  expect((await sluice.plan(...update)).plan.findings).toEqual([]);
  const run = await sluice.run(...update);
  expect(run).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true, remarks: [] } } });
  expect(await guidOf(beta, 'plgot/in/data@c')).toBe(await guidOf(alpha, 'plown/my data@c'));
});
