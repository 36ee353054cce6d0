/**
 * Before all browser tests: finds the browser (without one they are skipped in one line, and fail where CI is set) and
 * builds what is stale, since they start the built programs.
 */
import type { TestProject } from 'vitest/node';
import { bundle } from '../../build/bundle.ts';
import { isStale } from '../../build/stale.mjs';
import { root } from '../../build/steps.ts';
import { type Chromium, findChromium } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: Chromium | null;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const found = await findChromium((line) => say(`Browser tests pass over ${line}`));
  if (typeof found === 'string') {
    if (process.env.CI) throw new Error(`browser tests cannot run: ${found}`);
    say(`Browser tests are skipped: ${found}`);
  }
  if (typeof found !== 'string') {
    for (const part of ['main', 'window'] as const) if (isStale(root, part)) await bundle(part);
  }
  project.provide('chromium', typeof found === 'string' ? null : found);
}
