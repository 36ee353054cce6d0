import { defineConfig } from 'vitest/config';

/** The real-ZFS tier: one file after the other, as they share the hosts. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/lab/**/*.lab.test.ts'],
    globalSetup: ['test/lab/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    // Commands take seconds under emulation; these only end what hangs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Without a lab there is nothing to run; global-setup.ts says so, and fails where that is a failure.
    passWithNoTests: true,
  },
});
