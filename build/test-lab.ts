/** `npm run test:lab`: the tests against real ZFS. Arguments go to Vitest. */
import path from 'node:path';
import { packageScript, root, runNode } from './steps.ts';

process.exitCode = await runNode([
  packageScript('vitest/vitest.mjs'),
  'run',
  '--config',
  path.join('test', 'lab', 'vitest.lab.config.ts'),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${path.join(root, 'test-results', 'lab.json')}`,
  ...process.argv.slice(2),
]);
