/** The tests that need neither root nor Debian. The lab has a configuration of its own, test/lab/vitest.lab.config.ts. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { NO_WRAPPER_TIER_UP } from '../electron/thread.ts';

const root = path.dirname(import.meta.dirname);

/** These only end what hangs; a busy machine takes its time. Vitest's own second for what is polled is none. */
const PATIENCE = { expect: { poll: { timeout: 20_000 } }, hookTimeout: 30_000, testTimeout: 30_000 };

/** On CI's machine once more, as in the lab: build/summary.mjs names what passed only then. Where a person looks, at once. */
const retry = process.env.CI ? 1 : 0;

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        resolve: {
          // npm's electron is a downloader of the runtime; tests of the shell get a stand-in that records calls.
          alias: [{ find: /^electron$/, replacement: path.join(root, 'test', 'electron-stub.ts') }],
        },
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,build,test}/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', '**/*.lab.test.ts'],
          execArgv: [NO_WRAPPER_TIER_UP],
          ...PATIENCE,
          retry,
          // Its own import of electron must meet the stand-in too.
          server: { deps: { inline: ['electron-store'] } },
        },
      },
      {
        root,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          execArgv: [NO_WRAPPER_TIER_UP],
          ...PATIENCE,
          retry,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A browser, a Sluice and two practice hosts each: more at once than this only slows all of them down.
          maxWorkers: 2,
          // Not beside the unit tests, behind which a browser would wait.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
