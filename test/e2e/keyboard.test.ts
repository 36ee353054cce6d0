/** A first replication by keyboard alone, and what a screen reader is told meanwhile. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, ownWindow } from './pages.ts';
import { keepSaid, saidOn } from './said.ts';
import { tabTo } from './tab-to.ts';

describe.skipIf(!hasBrowser)('by keyboard alone', { timeout: 180_000 }, () => {
  const own = ownWindow(undefined, keepSaid);
  let page: Page;
  beforeAll(async () => {
    page = own().page;
    await page.getByRole('heading', { name: 'Your first replication' }).waitFor();
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
    const said = await saidOn(page);
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

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
