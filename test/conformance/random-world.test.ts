/** A plan keeps its word, on the practice hosts' model of ZFS; test/lab has the same on real OpenZFS. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPool } from '../../electron/practice/model/datasets.ts';
import { mountIfWanted } from '../../electron/practice/model/mounts.ts';
import { run, testSystem } from '../../electron/practice/testing/host.ts';
import { thisComputer } from '../../shared/model/host.ts';
import { playWorld, type RunText, reachHost, rounds } from './random-world.ts';

const POOLS = { source: 'src', destination: 'dst' };
const MIB = 1024 ** 2;

test('a plan that is ready succeeds, brings what it said, and loses nothing that it did not list', {
  timeout: 300_000,
}, async () => {
  const tally = { ready: 0, blocked: 0, streams: 0, clones: 0 };
  await fc.assert(
    fc.asyncProperty(rounds, async (world) => {
      const system = testSystem('the-host');
      for (const name of Object.values(POOLS)) mountIfWanted(system.machine, addPool(system.machine, name, 512 * MIB));
      const text: RunText = (command) => run(system, command);
      await playWorld(text, await reachHost(text, { ...thisComputer, practice: true }), POOLS, world, tally);
    }),
    { numRuns: 150 },
  );
  // The worlds must not be so poor that nothing is tried.
  expect(tally.ready).toBeGreaterThan(50);
  expect(tally.clones).toBeGreaterThan(10);
});
