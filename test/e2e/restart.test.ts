/** The main process ends and is started again: what was chosen is still there, what ran is gone on with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startAppAt } from './app.ts';
import { inaccessible } from './axe.ts';
import { hasBrowser, openBrowser, watchedPage } from './pages.ts';
import { chooseNewCopy, chooseSource, goTo, goToStep, limitTo, start, untilProved } from './steps.ts';

describe.skipIf(!hasBrowser)('the main process, restarted', { timeout: 180_000 }, () => {
  let stateDir: string;
  let browser: Browser;
  let app: RunningApp | null = null;
  beforeAll(async () => {
    stateDir = await mkdtemp(path.join(tmpdir(), 'sluice-restart-'));
    browser = await openBrowser();
    app = await startAppAt({ stateDir }, '--practice');
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await rm(stateDir, { recursive: true, force: true });
  });

  it('is noticed, and costs neither the run nor the choices', async () => {
    if (app === null) throw new Error('Sluice was not started');
    const { origin, address } = app;
    // Requests that nobody answers are errors on the console: here they belong to it.
    const { page } = await watchedPage(browser, origin);
    await page.goto(address);
    await chooseSource(page, /laptop/, 'tank/photos');
    await chooseNewCopy(page, /backupbox/, 'backup', 'pictures');
    await start(page);
    await page.getByText(/% of the estimate/).waitFor();
    // While it runs, the next one is being chosen.
    await chooseSource(page, /laptop/, 'tank/home');
    await chooseNewCopy(page, /backupbox/, 'backup', 'next');
    await limitTo(page, '7');

    await app.stop();
    app = null;
    await page.getByText('Reconnecting…').waitFor();
    expect(await inaccessible(page)).toEqual([]);
    expect(await page.getByRole('textbox', { name: 'At most' }).inputValue()).toBe('7');
    app = await startAppAt({ stateDir }, '--practice', '--port', new URL(origin).port);
    await page.getByText('Sluice does not know this window.').waitFor();

    // The newly printed address, put over the old one: the page stays as it is.
    await page.goto(app.address);
    await page.getByText('Sluice does not know this window.').waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'At most' }).inputValue()).toBe('7');
    expect(page.url()).toContain('#/replicate/how');

    await goTo(page, 'Start');
    await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await untilProved(page);
    await page.context().close();
  });

  it('gives a window that is opened anew what was being chosen', async () => {
    await app?.stop();
    app = await startAppAt({ stateDir }, '--practice');
    const { page, complaints } = await watchedPage(browser, app.origin);
    await page.goto(app.address);
    await goTo(page, 'Replicate');
    await page.getByRole('link', { name: /Destination.*backup\/next/ }).waitFor();
    await goToStep(page, /How/);
    expect(await page.getByRole('textbox', { name: 'At most' }).inputValue()).toBe('7');
    await start(page);
    await untilProved(page);
    expect(complaints).toEqual([]);
  });
});
