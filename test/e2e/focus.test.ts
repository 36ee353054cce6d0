/** By keyboard: where the focus is after something was pressed that is gone then, and what a run says that stands still. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, ownWindow } from './pages.ts';
import { chooseContinued, chooseNewCopy, chooseSource, goToStep, limitTo, start } from './steps.ts';
import { tabTo } from './tab-to.ts';

describe.skipIf(!hasBrowser)('the focus', { timeout: 180_000 }, () => {
  const own = ownWindow();
  let page: Page;
  beforeAll(() => {
    page = own().page;
  });
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element === document.body ? 'nowhere' : `${element?.tagName} ${element?.textContent}`;
    });
  const press = async (words: RegExp) => {
    await tabTo(page, words);
    await page.keyboard.press('Enter');
  };

  it('goes to the outcome of the review after a way out was taken, and after that was undone', async () => {
    await chooseSource(page, /laptop/, 'tank/home');
    await chooseContinued(page, /backupbox/, 'backup/laptop/home');
    await goToStep(page, /Review/);
    await page.getByRole('button', { name: /^Roll/ }).waitFor();
    await press(/^Roll/);
    await page.getByRole('button', { name: 'Start…' }).waitFor();
    expect(await focused()).toBe('H2 Ready, but something is lost');
    await press(/^Undo this choice/);
    await page.getByRole('button', { name: /^Roll/ }).waitFor();
    await expect.poll(focused).toMatch(/^H2 Blocked/);
    // Another name for the copy has the lineage read anew, and the whole plan is drawn later.
    await press(/^Copy to backup\/laptop\/home-2 instead/);
    await expect.poll(focused).toBe('H2 Ready');
  });

  it('stays where a run is paused and gone on with, and all that stands still says so', async () => {
    await chooseSource(page, /laptop/, 'tank/photos');
    await chooseNewCopy(page, /backupbox/, 'backup', 'slow');
    await limitTo(page, '2');
    await start(page);
    await page.getByText(/% of the estimate/).waitFor();
    const step = page.getByRole('listitem').filter({ hasText: /^Copy .* to backup\/slow/ });
    await step.getByText('under way').waitFor();
    await press(/^Pause$/);
    await step.getByText('paused').waitFor();
    expect(await focused()).toBe('BUTTON Continue');
    const shown = (await page.getByRole('main').textContent()) ?? '';
    expect(shown).toContain('Time left–');
    expect(shown).not.toContain('under way');
    await page.keyboard.press('Enter');
    await step.getByText('under way').waitFor();
    expect(await focused()).toBe('BUTTON Pause');
  });

  it('goes to the heading of a run that was cancelled, which says what stays and what was not done', async () => {
    await press(/^Cancel…$/);
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('No data at the source is changed. Sluice’s holds stay there').waitFor();
    await press(/^Cancel the transfer$/);
    await page.getByRole('heading', { name: 'The run was cancelled' }).waitFor();
    await expect.poll(focused).toBe('H1 The run was cancelled');
    await page.getByText('Sluice’s holds stay there, so that the run can be resumed.').waitFor();
    const states = await page.getByRole('listitem').allTextContents();
    expect(states.filter((text) => /waiting|under way/.test(text))).toEqual([]);
    expect(states.filter((text) => text.endsWith('not done')).length).toBeGreaterThan(1);
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
