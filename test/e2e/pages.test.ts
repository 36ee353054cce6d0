/** The pages for looking and for choosing: exploring, a host, settings, languages, shortcuts; each accessible. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inaccessible } from './axe.ts';
import { expectDialog } from './dialogs.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { goTo } from './steps.ts';
import { tabTo } from './tab-to.ts';

/** Every page that has an address of its own, but for those of runs and the wizard's further steps, which other files come by. */
const ADDRESSES = [
  'start',
  'practice',
  'replicate/source',
  'explore/laptop/tank%2Fprojects',
  'runs',
  'hosts',
  'hosts/laptop',
  'verify/laptop/tank%2Fprojects/backupbox/backup%2Flaptop%2Fprojects',
  'settings',
];

describe.skipIf(!hasBrowser)('pages', () => {
  const own = ownWindow();
  let page: Page;
  beforeAll(() => {
    page = own().page;
  });

  it('explores by keyboard: the tree, the filters, the lineage with a copy', async () => {
    await goTo(page, 'Explore');
    const tree = page.getByRole('tree');
    await tree.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tree.getByRole('treeitem').count()).toBe(1);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    const table = page.getByRole('table', { name: 'Snapshots' });
    await table.getByRole('rowheader', { name: 'auto-008' }).waitFor();
    /** The kind of pattern stands behind the pattern. */
    const filterBy = async (pattern: string, kind?: string) => {
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(pattern);
      if (kind === undefined) return;
      await tabTo(page, /^(Text|Glob|Regex)$/);
      const focused = () => page.evaluate(() => document.activeElement?.textContent);
      for (let stop = 0; stop < 3 && (await focused()) !== kind; stop++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Space');
      await expect.poll(() => page.getByRole('radio', { name: kind }).isChecked()).toBe(true);
      await page.keyboard.press('Shift+Tab');
    };
    await tabTo(page, /^Filter snapshots by name/);
    await filterBy('auto-00[', 'Glob');
    await filterBy('*-003');
    await expect.poll(() => table.getByRole('rowheader').count()).toBe(1);
    await filterBy('(', 'Regex');
    await page.getByText('is not a regular expression').waitFor();
    await filterBy('00[12]$');
    await expect.poll(() => table.getByRole('rowheader').count()).toBe(2);
    await table.getByRole('button', { name: 'Snapshot' }).click();
    await expect.poll(() => table.getByRole('columnheader').first().getAttribute('aria-sort')).toBe('ascending');
    expect(await inaccessible(page)).toEqual([]);

    await page.getByRole('radio', { name: 'Lineage' }).click();
    await tabTo(page, /Compare with/);
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'backupbox' }).waitFor();
    await page.keyboard.type('backupbox');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /backup\/laptop\/projects,.*shares/ }).waitFor();
    await page.getByRole('option', { name: /backup\/laptop\/projects,.*shares/ }).click();
    await page.getByRole('listbox', { name: 'Lineage' }).getByRole('option', { selected: true }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
  });

  it('shows a host with its checks and pools', async () => {
    await goTo(page, 'Hosts');
    await page.getByRole('link', { name: 'laptop' }).click();
    await page.getByRole('heading', { name: 'Is it ready?' }).waitFor();
    await page.getByRole('button', { name: 'Check again' }).waitFor();
    await page.getByRole('heading', { name: 'Pools' }).waitFor();
  });

  it('speaks German and counts in SI when told to, also after a reload', async () => {
    const choose = async (label: RegExp, option: string) => {
      await page.getByRole('button', { name: label }).click();
      await page.getByRole('option', { name: option }).click();
    };
    await goTo(page, 'Settings');
    await choose(/Sizes/, '1 kB = 1000 bytes, as disks are sold');
    await choose(/Language/, 'Deutsch');
    await page.getByRole('heading', { name: 'Optionen' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await page.reload();
    await page.getByRole('link', { name: 'Erkunden' }).click();
    await page
      .getByText(/\d GB verfügbar/)
      .first()
      .waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await page.getByRole('link', { name: 'Optionen' }).click();
    await choose(/Sprache/, 'English');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  });

  it('has shortcuts, a sheet that tells of them, and a switch that ends those of one key', async () => {
    await page.keyboard.press('Alt+5');
    await page.getByRole('heading', { name: 'Hosts', level: 1 }).waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
    await sheet.waitFor();
    await expectDialog(page, 'Shortcuts');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+6');
    await page.getByText('Single-key shortcuts').click();
    await page.keyboard.press('?');
    await page.keyboard.press('Alt+1');
    await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    expect(await sheet.count()).toBe(0);
  });

  it.each([
    { what: 'at 1024×640', width: 1024, height: 640 },
    // 200 % zoom is half the pixels.
    { what: 'at 200 % zoom', width: 640, height: 400 },
  ])('needs no scrolling sideways $what', async ({ width, height }) => {
    await page.setViewportSize({ width, height });
    for (const name of ['Start', 'Replicate', 'Explore', 'History', 'Hosts', 'Settings']) {
      await goTo(page, name);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.getByText(/^Reading/).count()).toBe(0);
      const overflow = await page.evaluate(() => {
        const main = document.querySelector('main');
        return main === null ? -1 : main.scrollWidth - main.clientWidth;
      });
      expect([name, overflow]).toEqual([name, 0]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it.each(ADDRESSES)('is accessible at #/%s', async (address) => {
    await page.goto(`${own().app.origin}/#/${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => page.getByText(/^Reading/).count()).toBe(0);
    expect(await inaccessible(page)).toEqual([]);
  });

  it('is accessible in forced colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    for (const name of ['Start', 'Replicate', 'Explore', 'Settings']) {
      await goTo(page, name);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await inaccessible(page, ['light']), name).toEqual([]);
    }
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
