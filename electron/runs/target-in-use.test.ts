import { expect, it } from 'vitest';
import { emptyNas, laptop, planOf } from '../../shared/planning/testing/inventories.ts';
import { refuseSharedTarget } from './target-in-use.ts';

const source = laptop(['a']);
const into = (to: string) => planOf({ source, destination: emptyNas(), request: { to } });

it('keeps a second run out of a copy, and says whose it is', () => {
  const others = [{ run: '20261122-000000-abcd', plan: into('backup/home') }];
  expect(() => refuseSharedTarget(into('backup/home'), others)).toThrow(
    'Run 20261122-000000-abcd is sending streams into backup/home on nas',
  );
  expect(() => refuseSharedTarget(into('backup/other'), others)).not.toThrow();
});

it('lets runs into copies of one name on two hosts go side by side', () => {
  const plan = into('backup/home');
  const elsewhere = {
    ...plan,
    request: { ...plan.request, destination: { ...plan.request.destination, host: 'vault' } },
  };
  expect(() => refuseSharedTarget(plan, [{ run: '20261122-000000-abcd', plan: elsewhere }])).not.toThrow();
});
