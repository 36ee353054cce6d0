/** A whole first replication in the window: every page accessible, nothing refused by the content policy, proved at the end. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReceiptSchema } from '../../shared/model/run.ts';
import { type RunningApp, startApp } from './app.ts';
import { inaccessible } from './axe.ts';
import { hasBrowser, openBrowser, watchedPage } from './pages.ts';
import { firstReplication, type Stop } from './tour.ts';

/** The receipt as a file, and on paper: all of it, and nothing of the window. */
async function expectPaper(page: Page): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as JSON' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^sluice-receipt-.+\.json$/);
  const receipt = ReceiptSchema.parse(JSON.parse(await readFile(await download.path(), 'utf8')));
  expect(receipt.proved).toBe(true);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('body > article');
  const text = await paper.textContent();
  for (const { name, destinationGuid } of receipt.snapshots) {
    expect(text).toContain(name);
    expect(text).toContain(destinationGuid ?? 'missing');
  }
  expect(text).toContain(receipt.run);
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  expect(await paper.isVisible()).toBe(false);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await paper.waitFor({ state: 'detached' });
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

  // Ten stops, each looked through three times by axe: on a busy machine that takes its time.
  it('goes from the hosts to a proof', { timeout: 240_000 }, async () => {
    const { page, complaints } = await watchedPage(browser, app.origin);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const findings: string[] = [];
    const seen: Stop[] = [];
    await firstReplication(
      page,
      app.address,
      { from: 'laptop', to: 'backupbox', source: 'tank/projects', pool: 'backup', name: 'first' },
      async (stop) => {
        seen.push(stop);
        if (stop === 'receipt') await expectPaper(page);
        findings.push(...(await inaccessible(page)).map((finding) => `${stop}, ${finding}`));
      },
    );
    expect(seen.at(-1)).toBe('runs');
    expect(findings).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
