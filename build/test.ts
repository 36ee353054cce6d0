/**
 * `npm test`: the checks, the unit tests, the browser tests. Arguments go to Vitest: `npm test -- shared/planning` runs
 * the matching tests without the checks.
 */
import path from 'node:path';
import { runChecks } from './check.ts';
import { packageScript, root, runNode } from './steps.ts';

const filters = process.argv.slice(2);
let failed: readonly string[] = [];

if (filters.length === 0) {
  process.stdout.write(
    'Tiers: checks, unit, browser. Real ZFS is one of its own: npm run test:lab (Debian or Ubuntu, root).\n\n',
  );
  process.stdout.write('Checks\n');
  failed = await runChecks();
  process.stdout.write('\nUnit and browser tests\n');
}
const vitest = await runNode([
  packageScript('vitest/vitest.mjs'),
  'run',
  '--config',
  path.join('test', 'vitest.config.ts'),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${path.join(root, 'test-results', 'unit.json')}`,
  ...filters,
]);
// Once more, where a long run is read first.
if (failed.length > 0) process.stdout.write(`\nChecks that failed:\n${failed.join('')}`);
process.exitCode = failed.length === 0 && vitest === 0 ? 0 : 1;
