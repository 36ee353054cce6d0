/** The scenarios of test/conformance on real ZFS: OpenZFS in a guest, and zfs-fuse. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, playAll } from '../conformance/play.ts';
import { realSystem } from '../conformance/real-system.ts';
import { writeReport } from '../conformance/report.ts';
import type { Dialect } from '../conformance/scenario.ts';
import { scenarios } from '../conformance/scenarios/index.ts';
import { connectLab, type LabHost, type LabHostName } from './lab.ts';
import { ACCOUNTS } from './types.ts';

const POOLS = { source: 'prsrc', destination: 'prdst' };
const POOL_MB = 512;
/** Some three minutes on an emulated guest that has the machine to itself; this only ends what hangs. */
const LONGEST_MS = 900_000;

interface Played {
  readonly lab: LabHostName;
  readonly name: string;
  readonly dialect: Dialect;
  readonly mounts: string;
}

const SYSTEMS: readonly Played[] = [
  { lab: 'alpha', name: 'OpenZFS 2.3.9', dialect: 'openzfs', mounts: '' },
  { lab: 'fuse', name: 'zfs-fuse 0.7', dialect: 'legacy', mounts: '/run/lab/mnt' },
];

function systemOf(host: LabHost, played: Played) {
  return realSystem({
    name: played.name,
    dialect: played.dialect,
    pools: POOLS,
    mounts: played.mounts,
    delegate: ACCOUNTS.delegate,
    script: async (text) => (await host.run(['sh', '-s'], { input: text, timeoutMs: LONGEST_MS })).stdout,
  });
}

describe.each(SYSTEMS)('$name', (played) => {
  let host: LabHost;
  let outcomes: readonly Outcome[];

  beforeAll(async () => {
    host = connectLab().host(played.lab);
    for (const name of Object.values(POOLS)) await host.pool(name, { sizeMb: POOL_MB });
    outcomes = await playAll(systemOf(host, played), scenarios);
    writeReport(played.name, scenarios, outcomes);
  }, LONGEST_MS);
  afterAll(async () => {
    // zfs-fuse is busy with a pool for a moment after its last use.
    const destroy = (name: string) => `for try in 1 2 3 4 5; do zpool destroy -f ${name} && break; sleep 1; done`;
    await host.run(Object.values(POOLS).map(destroy).join('; '), { allowFailure: true });
  });

  test.for(scenarios.map((one, index) => ({ title: one.title, one, index })))(
    '$title',
    async ({ one, index }, { task }) => {
      // Repeated means played again, by itself and under names that the first time did not use.
      const isRepeated = (task.result?.retryCount ?? 0) > 0;
      const [again] = isRepeated ? await playAll(systemOf(host, played), [one], scenarios.length + index) : [];
      const outcome = again ?? outcomes[index];
      expect(outcome?.kind === 'differs' ? outcome.faults : []).toEqual([]);
    },
  );
});
