/** The window by keyboard, over a lost line, and where something would be lost. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inaccessible } from './axe.ts';
import { expectDialog } from './dialogs.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { tabTo } from './tab-to.ts';

/** Keeps the window's sockets, so that a test can drop the line. */
const keepSockets = (page: Page) =>
  page.addInitScript(() => {
    const sockets: WebSocket[] = [];
    Object.assign(window, { sockets });
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
  });

describe.skipIf(!hasBrowser)('the window', () => {
  const own = ownWindow(undefined, keepSockets);
  let page: Page;
  beforeAll(async () => {
    page = own().page;
    await page.getByText('laptop').first().waitFor();
  });

  const card = (name: RegExp) => page.locator('label').filter({ has: page.getByRole('radio', { name }) });
  const goTo = (link: RegExp) => page.getByRole('link', { name: link }).click();

  it('lets the keyboard choose a dataset, a snapshot and a base', async () => {
    await goTo(/^Replicate/);
    await card(/laptop/).click();
    const datasets = page.getByRole('listbox', { name: /Datasets on laptop/ });
    await tabTo(page, /tank\/projects-try/);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => datasets.getByRole('option', { selected: true }).textContent()).toContain('tank/home');

    await goTo(/Destination/);
    await card(/backupbox/).click();
    await page.getByRole('button', { name: 'Continue that copy' }).first().click();
    const lineage = page.getByRole('listbox', { name: 'Lineage' });
    const base = lineage.getByRole('option', { selected: true });
    await base.waitFor();
    const automatic = await base.getAttribute('aria-label');
    await tabTo(page, /the copy ends here/);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => base.getAttribute('aria-label')).not.toBe(automatic);

    await goTo(/Snapshot and base/);
    await page.getByText('which you picked').waitFor();
    await page.getByRole('button', { name: 'Use the newest common one' }).click();
    await expect.poll(() => base.getAttribute('aria-label')).toBe(automatic);
  });

  it('lets all of it be sent anew at a price that is said, and the old copy is renamed for it', async () => {
    await page.getByRole('button', { name: /^Send all of it again, about \d/ }).press('Enter');
    await page.getByText(/is sent again, about .* instead of what changed since/).waitFor();
    await page.getByRole('link', { name: /Snapshot and base.*all of it again/ }).waitFor();
    expect(await page.getByRole('listbox', { name: 'Lineage' }).getByRole('option', { selected: true }).count()).toBe(
      0,
    );
    expect(await inaccessible(page)).toEqual([]);
    await goTo(/Review/);
    await page.getByText('destination-exists', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Rename the old copy to backup\/laptop\/home-old/ }).press('Enter');
    await page.getByRole('heading', { name: /^Ready/ }).waitFor();
    await page.getByText('Nothing on backupbox will be deleted').waitFor();
    const streams = page.getByRole('region', { name: 'Streams' });
    await streams.getByRole('cell', { name: 'full' }).waitFor();
    for (const decided of [/^Undo this choice: The old dataset/, /^Undo this choice: All of it is sent again/])
      await page.getByRole('button', { name: decided }).press('Enter');
    await page.getByText('All of it is sent again').waitFor({ state: 'detached' });
  });

  it('asks before anything is lost: every loss named, the safe button first, the name typed', async () => {
    await goTo(/Review/);
    const rollBack = page.getByRole('button', { name: /^Roll/ });
    await rollBack.waitFor();
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled()).toBe(true);
    await tabTo(page, /^Roll/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Start…' }).waitFor();
    await tabTo(page, /^Start…$/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Keep everything');
    await dialog.getByRole('heading', { name: 'Roll back backup/laptop/home to @auto-004?' }).waitFor();
    expect(await dialog.textContent()).toContain('backup/laptop/home@before-cleanup');
    const remove = dialog.getByRole('button', { name: /^Roll back and start/ });
    expect(await remove.isDisabled()).toBe(true);
    await tabTo(page, /^Type backup\/laptop\/home/);
    await page.keyboard.type('backup/laptop/hom');
    expect(await remove.isDisabled()).toBe(true);
    await page.keyboard.type('e');
    expect(await remove.isEnabled()).toBe(true);
    await expectDialog(page, 'LossDialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Undo this choice/ }).press('Enter');
    await rollBack.waitFor();
  });

  it('comes back by itself over a lost line and a reload, with all that was chosen', async () => {
    await page.evaluate(() => {
      for (const socket of (window as unknown as { sockets: WebSocket[] }).sockets) socket.close();
    });
    await goTo(/^History/);
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor();
    await page.reload();
    await goTo(/^Replicate/);
    await page.getByRole('link', { name: /Destination.*backup\/laptop\/home/ }).waitFor();
  });

  it('scrolls its pages and never itself, where they are higher than it is', async () => {
    await goTo(/Source.*laptop/);
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ width: 853, height: 533 });
    await tabTo(page, /^This dataset alone/);
    for (const way of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp'])
      await page.keyboard.press(way);
    expect(
      await page.evaluate(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
        return { scrollTop, beyond: scrollHeight - clientHeight };
      }),
    ).toEqual({ scrollTop: 0, beyond: 0 });
    await page.setViewportSize({ width, height });
  });

  it('wears the theme that is chosen, and none of its own', async () => {
    const worn = () => page.evaluate(() => document.documentElement.dataset.theme);
    for (const [name, theme] of [
      ['Dark', 'dark'],
      ['High contrast', 'contrast'],
      ['Light', 'light'],
      ['Same as system', undefined],
    ] as const) {
      await page.getByRole('button', { name: 'Theme' }).press('Enter');
      await page.getByRole('menuitemradio', { name }).press('Enter');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      expect(await worn()).toBe(theme);
    }
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
