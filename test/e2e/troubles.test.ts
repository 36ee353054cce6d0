/** What stands in the way of a replication, and the way out that the window offers, taken; on the practice hosts. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inaccessible } from './axe.ts';
import { type ContractClient, contractClient } from './contract-client.ts';
import { expectDialog } from './dialogs.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import {
  answerPassword,
  chooseContinued,
  chooseNewCopy,
  chooseSource,
  giveRights,
  goToStep,
  limitTo,
  pick,
  start,
  untilProved,
} from './steps.ts';
import { tabTo } from './tab-to.ts';

const BLOCKED = /Blocked/;

describe.skipIf(!hasBrowser)('troubles, and the ways out of them', { timeout: 180_000 }, () => {
  const own = ownWindow();
  let page: Page;
  let client: ContractClient;
  beforeAll(async () => {
    page = own().page;
    ({ client } = await contractClient(page, own().app.origin));
    await client.practice.addOffice();
  });

  const blockedBy = async (code: string) => {
    await goToStep(page, /Review/);
    await page.getByRole('heading', { name: BLOCKED }).waitFor();
    await page.getByText(code, { exact: true }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
  };

  it('tells of a comparison what it means for the next update, and leads to its plan', async () => {
    const compare = async (dataset: string) => {
      await page.goto(`${own().app.origin}/#/verify/laptop/tank%2F${dataset}/backupbox/backup%2Flaptop%2F${dataset}`);
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
    };
    await compare('projects');
    await page.getByText('The copy is behind; an update brings it up to date.').waitFor();
    expect(await page.getByRole('row', { name: /stopped by it/ }).count()).toBe(0);
    await compare('home');
    await page.getByText('As it is, the next update is stopped.').waitFor();
    await page.getByRole('row', { name: /only in the copy.*before-cleanup.*stopped by it/ }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await page.getByRole('button', { name: 'Plan an update' }).click();
    await blockedBy('destination-diverged');
  });

  it('keeps a copy that was changed, and makes another beside it', async () => {
    await chooseSource(page, /laptop/, 'tank/home');
    await chooseContinued(page, /backupbox/, 'backup/laptop/home');
    await blockedBy('destination-diverged');
    await page.getByRole('button', { name: 'Copy to backup/laptop/home-2 instead' }).click();
    await start(page);
    await untilProved(page);
  });

  it('rolls it back by keyboard alone once its name was typed, and says what was lost', async () => {
    await chooseSource(page, /laptop/, 'tank/home');
    await chooseContinued(page, /backupbox/, 'backup/laptop/home');
    await blockedBy('destination-diverged');
    await tabTo(page, /^Roll/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Start…' }).waitFor();
    await tabTo(page, /^Start…$/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('backup/laptop/home@before-cleanup').first().waitFor();
    await tabTo(page, /^Type backup\/laptop\/home/);
    await page.keyboard.type('backup/laptop/home');
    await tabTo(page, /^Roll back and start/);
    await page.keyboard.press('Enter');
    await untilProved(page);
  });

  it('takes a first snapshot of what has none, without being told to', async () => {
    await chooseSource(page, /laptop/, 'tank');
    await page.getByText('tank has no snapshots yet: a first one is taken when it starts.').waitFor();
    await chooseNewCopy(page, /backupbox/, 'backup', 'top');
    await goToStep(page, /Review/);
    await page.getByRole('heading', { name: 'Ready' }).waitFor();
    await page.getByRole('rowheader', { name: /^tank@sluice-/ }).waitFor();
  });

  it('finds another pool for what has no room', async () => {
    await chooseSource(page, /laptop/, 'tank/photos');
    await chooseNewCopy(page, /backupbox/, 'old-disk', 'pictures');
    await blockedBy('no-space');
    await page.getByRole('button', { name: 'Use backup/pictures' }).click();
    await page.getByRole('heading', { name: 'Ready' }).waitFor();
  });

  it('sends an encrypted dataset as it is, for a destination that has no key', async () => {
    await chooseSource(page, /office/, 'srv/staff');
    await chooseNewCopy(page, /backupbox/, 'backup', 'staff');
    await goToStep(page, /How/);
    await page.getByText(/The dataset is encrypted/).waitFor();
    await start(page);
    await untilProved(page);
    await page.getByText(/Show \d+ commands?/).click();
    await page
      .getByText(/zfs send .*-w /)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Look inside…' }).click();
    await page.getByRole('dialog').getByText('zfs clone -o readonly=on').waitFor();
    await expectDialog(page, 'LookDialog');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Every night…' }).click();
    const schedule = page.getByRole('dialog', { name: 'The same every night' });
    await schedule.getByText('OnCalendar=').waitFor();
    await schedule.getByRole('radio', { name: 'cron' }).click();
    await schedule.getByText(/^\S.* run /m).waitFor();
    await expectDialog(page, 'ScheduleDialog');
    await page.keyboard.press('Escape');
  });

  it('comes to its proof although the line was cut', async () => {
    await chooseSource(page, /laptop/, 'tank/projects');
    await chooseNewCopy(page, /backupbox/, 'backup', 'cut');
    await limitTo(page, '10');
    await start(page);
    await page.getByText(/% of the estimate/).waitFor();
    await client.practice.break({ what: 'cut-line', host: 'backupbox' as never });
    await untilProved(page);
  });

  it('brings several datasets, and of their snapshots those that match', async () => {
    await chooseSource(page, /laptop/, 'tank/projects');
    await page.getByText('Also send other datasets').click();
    await page
      .getByRole('listbox', { name: 'Also send other datasets' })
      .getByRole('option', { name: /^tank\/home,/ })
      .click();
    await page.getByText('1 other dataset included').waitFor();
    await pick(page, 'What is sent together', /Replication package/);
    await goToStep(page, /Snapshot and base/);
    await page.getByText('Bring only some of the snapshots in between').click();
    await page.getByRole('button', { name: 'Add a pattern to leave out' }).click();
    await page.getByRole('textbox', { name: 'Pattern' }).fill('*4');
    await page.getByText('6 of 7 snapshots match').first().waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await goToStep(page, /Destination/);
    await pick(page, 'Destination host', /backupbox/);
    await pick(page, 'Pool', /^backup/);
    await page.getByRole('textbox', { name: 'In a dataset named (may be empty)' }).fill('several');
    await page.getByText('2 copies will be in backup/several').waitFor();
    await page
      .getByText(/\d+\s?% of .* used$/)
      .first()
      .waitFor();
    await page
      .getByText(/available$/)
      .first()
      .waitFor();
    await goToStep(page, /Review/);
    await page.getByText('tank/projects and 1 other on laptop → to in backup/several on backupbox').waitFor();
    await start(page);
    await untilProved(page);
    await page.getByRole('rowheader', { name: 'tank/home@auto-003' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'tank/projects@auto-004' }).count()).toBe(0);
  });

  it('compares both sides', async () => {
    await chooseSource(page, /laptop/, 'tank/projects');
    await chooseContinued(page, /backupbox/, 'backup/laptop/projects');
    await start(page);
    await untilProved(page);
    await page.getByRole('button', { name: 'Compare both sides…' }).click();
    await page.getByRole('heading', { name: 'Compare both sides' }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { name: /^Both sides are equal/ }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
  });

  it('lets the rights that lack be given at a press, for the password', async () => {
    await client.practice.break({ what: 'take-permission', host: 'backupbox' as never });
    await chooseSource(page, /laptop/, 'tank/projects');
    await chooseNewCopy(page, /backupbox/, 'backup', 'allowed');
    await blockedBy('permission-missing');
    const prompt = await giveRights(page, 'backupbox');
    await expectDialog(page, 'PromptDialog');
    await answerPassword(page, prompt);
    await start(page);
    await untilProved(page);
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
