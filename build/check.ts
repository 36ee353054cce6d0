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

/** @returns what was found by the checks that failed, which is printed as well; none: all is well */
export async function runChecks(): Promise<string[]> {
  const failed: string[] = [];
  for (const check of checks) {
    const wrong = await check.run();
    const said = wrong === null ? `  ok    ${check.name}\n` : `  FAIL  ${check.name}\n${wrong}\n`;
    process.stdout.write(said);
    if (wrong !== null) failed.push(said);
  }
  keepCount('checks', checks.length - failed.length, failed.length);
  return failed;
}

if (import.meta.main) process.exitCode = (await runChecks()).length === 0 ? 0 : 1;
