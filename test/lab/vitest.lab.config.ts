import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { NO_WRAPPER_TIER_UP } from '../../electron/thread.ts';
import { labUnavailableReason } from './requirements.ts';

// A lab that runs already (SLUICE_LAB) needs nothing of this machine.
const reason = process.env.SLUICE_LAB ? null : labUnavailableReason();
if (reason !== null && process.env.CI) throw new Error(`the lab cannot run: ${reason}`);
if (reason !== null) process.stdout.write(`lab: left out: ${reason}\n`);

/** The real-ZFS tier: one file after the other, as they share the hosts. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: reason === null ? ['test/lab/**/*.lab.test.ts'] : [],
    passWithNoTests: reason !== null,
    globalSetup: ['test/lab/global-setup.ts'],
    pool: 'forks',
    execArgv: [NO_WRAPPER_TIER_UP],
    fileParallelism: false,
    // Commands take seconds under emulation, more on a busy machine; these only end what hangs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // As OpenZFS's own suite reruns what failed (`zfs-tests.sh -R`): an emulated kernel is late, or busy for a moment, in ways that
    // no host is. Never in silence: build/summary.mjs names each test that passed only when it was repeated, with why.
    retry: 1,
  },
});
