/** The practice hosts: their stories, each thing that can be broken and what Sluice says of it, and all put right again. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startApp } from './app.ts';
import { inaccessible } from './axe.ts';
import { expectDialog } from './dialogs.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { chooseNewCopy, chooseSource, goTo, limitTo, start, untilProved } from './steps.ts';

describe.skipIf(!hasBrowser)('the practice hosts', { timeout: 180_000 }, () => {
  const own = ownWindow();
  let page: Page;
  beforeAll(async () => {
    page = own().page;
    await page.getByRole('heading', { name: 'Your first replication, on practice hosts' }).waitFor();
  });

  const lesson = (words: RegExp) => page.getByRole('link', { name: words });
  const broken = (host: string) => page.getByRole('list', { name: `Broken on ${host}` });

  /** By keyboard alone: the menu opens with its first thing in focus, and a letter finds the others. */
  async function breakSomething(what: string, host: string): Promise<void> {
    await goTo(page, 'Practice');
    await page.getByRole('button', { name: `Break something on ${host}` }).press('Enter');
    await page.getByRole('menuitem', { name: what }).press('Enter');
    await broken(host).getByText(what, { exact: true }).waitFor();
  }

  it('tell on the start page what can be learned, and lead there', async () => {
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'A laptop with a week of snapshots',
      'A small office server',
      'A backup that went its own way',
      'A disk that is nearly full',
    ]);
    expect(await inaccessible(page)).toEqual([]);
    await lesson(/^Make a first copy of tank\/photos/).press('Enter');
    await page.getByRole('option', { name: /^tank\/photos,/, selected: true }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Practice');
  });

  it('have a page that is accessible, and a third host on request', async () => {
    await goTo(page, 'Practice');
    await page.getByRole('button', { name: 'Add the office server' }).first().press('Enter');
    await page.getByRole('heading', { name: /^office/ }).waitFor();
    expect(await page.getByText('open the staff room').count()).toBe(1);
    expect(await inaccessible(page)).toEqual([]);
    await lesson(/^Send srv\/staff as it is/).click();
    await page.getByText('Nothing on backupbox will be deleted').waitFor();
  });

  it('speak as another ZFS when told to', async () => {
    await goTo(page, 'Practice');
    await page.getByRole('button', { name: /ZFS of office/ }).press('Enter');
    await page.getByRole('option', { name: /Solaris 11\.4/ }).press('Enter');
    await page
      .getByRole('button', { name: /ZFS of office.*|Solaris 11\.4.*/ })
      .first()
      .waitFor();
    await goTo(page, 'Hosts');
    await page.getByRole('button', { name: 'Check office' }).press('Enter');
    await page.getByText('Solaris ZFS', { exact: true }).waitFor();
  });

  it('lose a line under a transfer, which goes on by itself', async () => {
    await chooseSource(page, /laptop/, 'tank/projects');
    await chooseNewCopy(page, /backupbox/, 'backup', 'cut');
    await limitTo(page, '8');
    await start(page);
    await page.getByText(/% of the estimate/).waitFor();
    const transfer = page.url();
    await breakSomething('Cut the line', 'backupbox');
    expect(await broken('backupbox').textContent()).toContain('reconnects and resumes');
    expect(await inaccessible(page)).toEqual([]);
    await page.goto(transfer);
    await untilProved(page);
  });

  it('are modified at the destination: the review names what was written', async () => {
    await breakSomething('Modify the copies', 'backupbox');
    expect(await broken('backupbox').textContent()).toContain('backup/laptop/projects');
    await lesson(/^Continue a copy that is three days old/).click();
    await page.getByRole('heading', { name: /Blocked/ }).waitFor();
    await page
      .getByRole('button', { name: /^Rename the old copy/ })
      .first()
      .waitFor();
  });

  it('say so where there is nothing to modify', async () => {
    await breakSomething('Modify the copies', 'laptop');
    expect(await broken('laptop').textContent()).toContain('There is no copy on laptop; nothing was changed.');
  });

  it('run full: the review says so before anything is sent', async () => {
    await breakSomething('Fill the pools', 'backupbox');
    await lesson(/^Plan a copy that does not fit/).click();
    await page.getByRole('heading', { name: /Blocked/ }).waitFor();
    await page
      .getByText(/room|space|free/i)
      .first()
      .waitFor();
  });

  it('take rights away: the review says which', async () => {
    await breakSomething('Take away permissions', 'laptop');
    await lesson(/^Send tank\/home there/).click();
    await page
      .getByText(/zfs allow/)
      .first()
      .waitFor();
  });

  it('show another host key: nothing connects', async () => {
    await breakSomething('Change the host key', 'laptop');
    await page.goto(`${own().app.origin}/#/explore/laptop`);
    await page
      .getByText(/host key/i)
      .first()
      .waitFor();
    const card = page.getByRole('alert');
    expect(new Set((await card.textContent())?.match(/SHA256:[\w+/]{43}/g)).size).toBe(2);
    expect(await inaccessible(page)).toEqual([]);
    await card.getByRole('button', { name: 'Open host laptop' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'laptop' }).waitFor();
    await page.getByText('Host key', { exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Open host laptop' }).count()).toBe(0);
  });

  it('have no run of an address that is none: the history is offered instead', async () => {
    await page.goto(`${own().app.origin}/#/runs/20260101-000000-none`);
    await page.getByText('There is no run').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('button', { name: 'All runs' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  });

  it('are all put right by a reset, once it is confirmed', async () => {
    await goTo(page, 'Practice');
    const reset = page.getByRole('button', { name: 'Reset' });
    await reset.press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Leave them');
    await expectDialog(page, 'ResetDialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await broken('laptop').waitFor();
    await reset.press('Enter');
    await dialog.getByRole('button', { name: 'Reset' }).press('Enter');
    await page.getByText('All practice hosts are as they were at the start.').first().waitFor();
    await expect.poll(() => page.getByRole('list', { name: /^Broken on/ }).count()).toBe(0);
    await lesson(/^Continue a copy that is three days old/).click();
    await page.getByText('Nothing on backupbox will be deleted').waitFor();
  });

  it('do all that without a word on the console', () => expect(own().complaints).toEqual([]));
});

describe.skipIf(!hasBrowser)('real hosts', { timeout: 120_000 }, () => {
  const own = ownWindow(() => startApp());

  it('have practice hosts beside them, in a window and with state of their own', async () => {
    const { page, app, complaints } = own();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Try it with practice hosts' }).press('Enter');
    const practice = await opened;
    await practice.getByRole('heading', { name: 'Your first replication, on practice hosts' }).waitFor();
    expect(new URL(practice.url()).origin).not.toBe(app.origin);
    await page.getByText('If your browser blocked it').waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Hosts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
    expect(await page.getByText('backupbox').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
