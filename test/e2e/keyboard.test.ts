/** A first replication, its update and their comparison by keyboard alone, and what a screen reader is told meanwhile. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { contractClient } from './contract-client.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { keepSaid, saidOn } from './said.ts';
import { tabTo } from './tab-to.ts';

const PARTLY = /\d0% sent$/;

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
    await page.getByRole('heading', { name: 'What should be replicated?' }).waitFor();
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
    // Not the newest, so that something is left to be sent.
    const snapshots = page.getByRole('listbox', { name: 'Snapshots' });
    await tabTo(page, /The newest when it starts/);
    await keyboard.press('Home');
    for (let row = 0; row < 10; row++) {
      if ((await snapshots.locator('[data-active]').textContent())?.startsWith('auto-006')) break;
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await page.getByRole('link', { name: /Snapshot and base.*auto-006/ }).waitFor();
    await keyboard.press('Alt+ArrowRight');

    await page.getByRole('heading', { name: 'Where should the copy live?' }).waitFor();
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
    await page.getByRole('heading', { name: 'How should it be kept?' }).waitFor();
    await tabTo(page, /^Limit the bandwidth/);
    await keyboard.press('Space');
    await tabTo(page, /^At most/);
    await keyboard.press('Control+a');
    await keyboard.type('4');
    await tabTo(page, /^Next$/);
    await keyboard.press('Enter');

    await page.locator('button:enabled', { hasText: /^Start$/ }).waitFor();
    const { client } = await contractClient(page, own().app.origin);
    await tabTo(page, /^Start$/);
    await keyboard.press('Enter');
    // By then bytes are on their way, and at this limit most are still to come.
    await expect
      .poll(async () => (await saidOn(page)).some((text) => PARTLY.test(text)), { timeout: 60_000 })
      .toBe(true);
    await client.practice.break({ what: 'cut-line', host: 'backupbox' as never });
    await page.getByRole('heading', { name: 'Done and proved' }).waitFor({ timeout: 120_000 });
  });

  it('told a screen reader what happened, in its order, and not every byte', async () => {
    const order = [
      /^Step 1 of 5: What should be replicated\?$/,
      /^Step 2 of 5: Up to which snapshot\?$/,
      /^Step 3 of 5: Where should the copy live\?$/,
      /^Step 4 of 5: How should it be kept\?$/,
      /^Step 5 of 5: What will happen$/,
      /^Ready$/,
      /^Connecting$|^Preparing$|^Planning$/,
      /^Sending$/,
      /^Waiting to try again$/,
      /^Proving$/,
      /^A replication is done$/,
    ];
    const placesOf = (said: readonly string[]) => order.map((words) => said.findIndex((text) => words.test(text)));
    // The last of them follows what is seen.
    await expect.poll(async () => placesOf(await saidOn(page))).not.toContain(-1);
    const said = await saidOn(page);
    const places = placesOf(said);
    expect(
      [...places].sort((a, b) => a - b),
      JSON.stringify(said),
    ).toEqual(places);
    // At tens of percent; after the cut some of them may come again.
    expect(said.filter((text) => PARTLY.test(text)).length).toBeLessThanOrEqual(20);
  });

  it('sends what is new from the card on the start page', async () => {
    const { keyboard } = page;
    await keyboard.press('Alt+1');
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Send changes' }).waitFor();
    await tabTo(page, /^Send changes$/);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Done and proved' }).waitFor({ timeout: 120_000 });
    await page.getByRole('rowheader', { name: 'tank/projects@auto-008' }).waitFor();
  });

  it('is told of a replication only when a later look finds something else', async () => {
    await page.keyboard.press('Alt+1');
    await page.getByText('Up to date', { exact: true }).waitFor();
    const lookAgain = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const before = (await saidOn(page)).length;
    await lookAgain();
    await page.getByText('Looking at both hosts').waitFor();
    await page.getByText('Up to date', { exact: true }).waitFor();
    expect((await saidOn(page)).slice(before)).toEqual([]);

    const elsewhere = await contractClient(page, own().app.origin);
    await elsewhere.client.practice.break({ what: 'change-host-key', host: 'backupbox' });
    elsewhere.close();
    await lookAgain();
    await page.getByText('Not reached', { exact: true }).waitFor();
    await expect
      .poll(async () => (await saidOn(page)).slice(before))
      .toEqual([expect.stringMatching(/^tank\/projects to \S+: Not reached$/)]);
  });

  it('compares both runs in the history', async () => {
    const { keyboard } = page;
    await tabTo(page, /^History$/);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor();
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(2);
    for (const _ of [1, 2]) {
      await tabTo(page, /compar/i);
      await keyboard.press('Space');
    }
    await expect.poll(() => page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    await page.locator('main').focus();
    await tabTo(page, /^Compare the two$/);
    await keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Snapshots only in this one' }).waitFor();
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
