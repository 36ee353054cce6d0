/** A plan keeps its word, on real OpenZFS: random trees, replicated from one pool to another of the same host. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { thisComputer } from '../../shared/model/host.ts';
import { playWorld, type RunText, reachHost, rounds } from '../conformance/random-world.ts';
import { connectLab } from './lab.ts';

const POOLS = { source: 'rndsrc', destination: 'rnddst' };
const alpha = connectLab().host('alpha');

afterAll(() => alpha.run('zpool destroy rndsrc 2>/dev/null; zpool destroy rnddst 2>/dev/null; true'));

test('a plan that is ready succeeds, brings what it said, and loses nothing that it did not list', {
  timeout: 900_000,
}, async () => {
  const tally = { ready: 0, blocked: 0, streams: 0, clones: 0 };
  const text: RunText = (command) => alpha.run(command, { allowFailure: true });
  const reached = await reachHost(text, thisComputer);
  await fc.assert(
    fc.asyncProperty(rounds, async (world) => {
      for (const pool of Object.values(POOLS)) await alpha.pool(pool, { sizeMb: 128 });
      await playWorld(text, reached, POOLS, world, tally);
    }),
    // A world takes seconds here: the one that fails is told as it is.
    { numRuns: 5, endOnFailure: true },
  );
  process.stdout.write(`random worlds on OpenZFS: ${JSON.stringify(tally)}\n`);
  expect(tally.ready).toBeGreaterThan(2);
});
