/** Finds the browser once for all browser tests; without one they are skipped in one line, and fail where CI is set. */
import type { TestProject } from 'vitest/node';
import { type Chromium, findChromium } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: Chromium | null;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const found = await findChromium();
  if (typeof found === 'string') {
    if (process.env.CI) throw new Error(`browser tests cannot run: ${found}`);
    process.stdout.write(`Browser tests are skipped: ${found}\n`);
  }
  project.provide('chromium', typeof found === 'string' ? null : found);
}
