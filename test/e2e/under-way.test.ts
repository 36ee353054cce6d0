/** While something is under way: what can be pressed meanwhile, and where the keyboard is. The answers are held back for it. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, ownWindow } from './pages.ts';
import { chooseContinued, chooseSource, goTo, goToStep } from './steps.ts';

describe.skipIf(!hasBrowser)('while something is under way', () => {
  let held: (() => void)[] | null = null;
  let asked: string[] = [];
  const own = ownWindow(undefined, (page) =>
    page.routeWebSocket(/\/rpc$/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        asked.push(message.toString());
        server.send(message);
      });
      server.onMessage((message) => {
        const pass = () => socket.send(message);
        if (held === null) pass();
        else held.push(pass);
      });
    }),
  );
  let page: Page;
  beforeAll(() => {
    page = own().page;
  });
  const release = () => {
    for (const pass of held ?? []) pass();
    held = null;
  };
  const hasFocus = (what: string) => page.evaluate((a) => document.activeElement?.matches(a) === true, what);
  const questions = (what: string) => asked.filter((question) => question.includes(what)).length;

  it('does not close the dialog that asked for it, and keeps the keyboard there', async () => {
    await goTo(page, 'Practice');
    await page.getByRole('button', { name: 'Reset' }).press('Enter');
    const dialog = page.getByRole('alertdialog');
    const confirm = dialog.getByRole('button', { name: 'Reset' });
    await confirm.waitFor();
    held = [];
    await confirm.press('Enter');
    const keep = dialog.getByRole('button', { name: 'Leave them' });
    await expect.poll(() => keep.isDisabled()).toBe(true);
    expect(await confirm.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await hasFocus('[role=alertdialog], [role=alertdialog] *')).toBe(true);
    expect(await dialog.count()).toBe(1);
    release();
    await dialog.waitFor({ state: 'detached' });
  });

  it('reads what is shown of a dataset again along with the tree, and leaves the keyboard where it is', async () => {
    await goTo(page, 'Explore');
    await page.getByRole('treeitem').first().click();
    const tree = page.getByRole('tree');
    await tree.press('ArrowDown');
    await tree.press('Enter');
    await page.getByRole('table', { name: 'Snapshots' }).waitFor();
    expect(await hasFocus('[role=tree]')).toBe(true);
    const again = page.getByRole('button', { name: 'Read again' });
    // While the first reading is under way, no second one is asked for.
    await expect.poll(() => again.getAttribute('aria-disabled')).not.toBe('true');
    asked = [];
    held = [];
    await again.focus();
    await again.press('Enter');
    await expect.poll(() => questions('inventory/snapshots')).toBe(1);
    expect(questions('inventory/tree')).toBe(1);
    await expect.poll(() => hasFocus('button[aria-disabled=true]')).toBe(true);
    release();
    await expect.poll(() => hasFocus('button:not([aria-disabled])')).toBe(true);
    expect(await page.getByRole('treeitem', { selected: true }).count()).toBe(1);
  });

  it('does not promise to keep what a run has begun to delete', async () => {
    await chooseSource(page, /laptop/, 'tank/home');
    await chooseContinued(page, /backupbox/, 'backup/laptop/home');
    await goToStep(page, /Review/);
    await page.getByRole('button', { name: /^Roll/ }).click();
    await page.getByRole('button', { name: 'Start…' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('textbox').fill('backup/laptop/home');
    held = [];
    await dialog.getByRole('button', { name: /^Roll back and start/ }).press('Enter');
    const keep = dialog.getByRole('button', { name: 'Keep everything' });
    await expect.poll(() => keep.isDisabled()).toBe(true);
    expect(await dialog.getByRole('button', { name: 'Starting…' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await dialog.count()).toBe(1);
    release();
    await page.getByRole('heading', { name: 'Done and proved' }).waitFor({ timeout: 120_000 });
  });
});
