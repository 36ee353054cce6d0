/** A whole first replication in the window: every page accessible, nothing refused by the content policy, proved at the end. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from './app.ts';
import { hasBrowser, openBrowser, watchedPage } from './pages.ts';
import { firstReplication, type Stop } from './tour.ts';

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it is now, by WCAG 2.2 AA. */
async function inaccessible(page: Page): Promise<string[]> {
  await page.evaluate(await axeSource);
  const violations = await page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const result = await engine.run(document, { runOnly: { type: 'tag', values: tags } });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
  });
  return violations;
}

describe.skipIf(!hasBrowser)('a first replication', () => {
  let browser: Browser;
  let app: RunningApp;
  beforeAll(async () => {
    browser = await openBrowser();
    app = await startApp('--practice');
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('goes from the hosts to a proof', async () => {
    const { page, complaints } = await watchedPage(browser, app.origin);
    const findings: string[] = [];
    const seen: Stop[] = [];
    await firstReplication(
      page,
      app.address,
      { source: 'tank/photos', pool: 'backup', name: 'first' },
      async (stop) => {
        seen.push(stop);
        findings.push(...(await inaccessible(page)).map((finding) => `${stop}: ${finding}`));
      },
    );
    expect(seen.at(-1)).toBe('runs');
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
