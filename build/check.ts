/** `npm run check`: everything that can be found wrong without running the project. */
import { bundle } from './bundle.ts';
import { directionBreaches } from './import-direction.ts';
import { isStale } from './stale.mjs';
import { collectNode, keepCount, packageScript, root } from './steps.ts';
import { overBudget, windowFiles } from './window-size.ts';

interface Check {
  readonly name: string;
  /** @returns null if all is well, else what is wrong, ready to print */
  readonly run: () => Promise<string | null>;
}

function program(name: string, args: readonly string[]): Check {
  return {
    name,
    run: async () => {
      const { status, output } = await collectNode(args);
      return status === 0 ? null : output;
    },
  };
}

const checks: readonly Check[] = [
  ...['shared', 'electron', 'electron/preload.tsconfig.json', 'renderer', 'test', 'build'].map((project) =>
    program(`types of ${project}`, [packageScript('typescript/bin/tsc'), '-p', project]),
  ),
  program('format and lint', [packageScript('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']),
  {
    name: 'import direction',
    run: async () => {
      const breaches = await directionBreaches(root);
      return breaches.length === 0 ? null : `${breaches.join('\n')}\n`;
    },
  },
  {
    name: 'size of the window',
    run: async () => {
      if (isStale(root, 'window')) await bundle('window');
      const over = overBudget(windowFiles(root));
      return over.length === 0 ? null : `${over.join('\n')}\n`;
    },
  },
  program('unused code', [packageScript('knip/bin/knip.js'), '--config', 'build/knip.jsonc', '--no-progress']),
];

/** @returns true if every check passed; the findings of the others are printed */
export async function runChecks(): Promise<boolean> {
  let failed = 0;
  for (const check of checks) {
    const wrong = await check.run();
    process.stdout.write(wrong === null ? `  ok    ${check.name}\n` : `  FAIL  ${check.name}\n${wrong}\n`);
    if (wrong !== null) failed += 1;
  }
  keepCount('checks', checks.length - failed, failed);
  return failed === 0;
}

if (import.meta.main) process.exitCode = (await runChecks()) ? 0 : 1;
