/** A first replication by keyboard alone, and what a screen reader is told meanwhile. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from './app.ts';
import { hasBrowser, openBrowser, watchedPage } from './pages.ts';
import { tabTo } from './tab-to.ts';

describe.skipIf(!hasBrowser)('by keyboard alone', { timeout: 180_000 }, () => {
  let browser: Browser;
  let app: RunningApp;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    browser = await openBrowser();
    app = await startApp('--practice');
    ({ page, complaints } = await watchedPage(browser, app.origin));
    // Keeps all that live regions say, in order.
    await page.addInitScript(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const region = '[role=status], [role=alert], [aria-live], output';
      const note = (node: Node) => {
        const element = node instanceof Element ? node : node.parentElement;
        const text = element?.closest(region)?.textContent?.trim() ?? '';
        if (text !== '' && said.at(-1) !== text) said.push(text);
      };
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) note(node);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await page.goto(app.address);
    await page.getByRole('heading', { name: 'Your first replication' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('goes from the start page to a proof', async () => {
    const { keyboard } = page;
    await tabTo(page, /^Replicate snapshots$/);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What shall be replicated?' }).waitFor();
    await page.getByRole('radio').first().waitFor();

    await tabTo(page, /^laptop/);
    await keyboard.press('Space');
    const datasets = page.getByRole('listbox', { name: /Datasets on laptop/ });
    await datasets.waitFor();
    await tabTo(page, /tank\/projects-try/);
    await keyboard.press('Home');
    while ((await datasets.locator('[data-active]').textContent())?.startsWith('tank/projects,') !== true) {
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await page.getByRole('radiogroup', { name: 'What is sent together' }).waitFor();
    await keyboard.press('Alt+ArrowRight');
    await page.getByRole('heading', { name: 'Up to which snapshot?' }).waitFor();
    await keyboard.press('Alt+ArrowRight');

    await page.getByRole('heading', { name: 'Where shall the copy live?' }).waitFor();
    await tabTo(page, /^laptop/);
    await keyboard.press('ArrowRight');
    await page.getByRole('radiogroup', { name: 'Pool' }).waitFor();
    await tabTo(page, /^backup/);
    await keyboard.press('Space');
    await tabTo(page, /^Name of the copy/);
    await keyboard.press('Control+a');
    await keyboard.type('by-hand');
    await page.getByText('backup/by-hand will be created').waitFor();
    await tabTo(page, /^Next$/);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How shall it be kept?' }).waitFor();
    await keyboard.press('Alt+ArrowRight');

    await page.locator('button:enabled', { hasText: /^Start$/ }).waitFor();
    await tabTo(page, /^Start$/);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Done and proved' }).waitFor({ timeout: 60_000 });
  });

  it('told a screen reader what happened, in its order, and not every byte', async () => {
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    const order = [
      /^Reading both hosts and planning/,
      /^Ready/,
      /^Connecting$|^Preparing$|^Planning$/,
      /^Sending$/,
      /^Proving$/,
      /^A replication is done$/,
    ];
    const places = order.map((words) => said.findIndex((text) => words.test(text)));
    expect(
      places.every((place) => place >= 0),
      JSON.stringify(said),
    ).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(said.filter((text) => /% sent$/.test(text)).length).toBeLessThanOrEqual(10);
  });

  it('does all that without a word on the console', () => expect(complaints).toEqual([]));
});
