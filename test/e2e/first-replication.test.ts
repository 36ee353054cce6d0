/** A whole first replication in the window: every page accessible, nothing refused by the content policy, proved at the end. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from './app.ts';
import { inaccessible } from './axe.ts';
import { hasBrowser, openBrowser, watchedPage } from './pages.ts';
import { firstReplication, type Stop } from './tour.ts';

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

  // Ten stops, each looked through twice by axe: on a busy machine that takes its time.
  it('goes from the hosts to a proof', { timeout: 240_000 }, async () => {
    const { page, complaints } = await watchedPage(browser, app.origin);
    const findings: string[] = [];
    const seen: Stop[] = [];
    await firstReplication(
      page,
      app.address,
      { from: 'laptop', to: 'backupbox', source: 'tank/projects', pool: 'backup', name: 'first' },
      async (stop) => {
        seen.push(stop);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          // Colours fade for a moment; what is judged is what they fade to.
          await page.waitForTimeout(400);
          findings.push(...(await inaccessible(page)).map((finding) => `${stop}, ${colorScheme}: ${finding}`));
        }
      },
    );
    expect(seen.at(-1)).toBe('runs');
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
