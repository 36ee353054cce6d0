/** What a person meets on the way to Start: what stands in the way, packages, asking for a password. */
import type { Page } from 'playwright-core';
import { contractClient } from '../contract-client.ts';
import { answerPassword, chooseContinued, chooseNewCopy, chooseSource, giveRights, goToStep, pick } from '../steps.ts';
import type { Camera } from './camera.ts';

/** Plans that are blocked, and one that loses something. */
export async function troubles(page: Page, picture: Camera): Promise<void> {
  await chooseSource(page, /laptop/, 'tank/home');
  await goToStep(page, /Destination/);
  await pick(page, 'Destination host', /backupbox/);
  await page.getByRole('button', { name: 'Continue that copy' }).first().click();
  await page.getByRole('listbox', { name: 'Lineage' }).waitFor();
  await picture(page, 'destination-continued');
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: /Blocked/ }).waitFor();
  await picture(page, 'review-blocked');
  await page.getByRole('button', { name: /^Roll/ }).click();
  await page.getByRole('button', { name: 'Start…' }).waitFor();
  await picture(page, 'review-losses');
  await page.getByRole('button', { name: 'Start…' }).click();
  await page.getByRole('alertdialog').waitFor();
  await picture(page, 'losses');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'View as table' }).click();
  await page.getByRole('columnheader', { name: 'What happens to it' }).scrollIntoViewIfNeeded();
  await picture(page, 'lineage-table');

  await chooseSource(page, /laptop/, 'tank/photos');
  await chooseNewCopy(page, /backupbox/, 'old-disk', 'photos');
  await goToStep(page, /Review/);
  await page.getByText('no-space', { exact: true }).waitFor();
  await picture(page, 'review-no-space');
  await chooseContinued(page, /backupbox/, 'backup/photos-copy');
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: /Nothing to send/ }).waitFor();
  await picture(page, 'review-nothing');
}

/** Rights that lack, and the password that gives them. They lack afterwards. */
export async function rights(page: Page, origin: string, picture: Camera): Promise<void> {
  const { client, close } = await contractClient(page, origin);
  await client.practice.break({ what: 'take-permission', host: 'backupbox' as never });
  close();
  await chooseSource(page, /laptop/, 'tank/projects');
  await chooseNewCopy(page, /backupbox/, 'backup', 'allowed');
  await goToStep(page, /Review/);
  await page.getByText('permission-missing', { exact: true }).waitFor();
  await picture(page, 'review-rights');
  const prompt = await giveRights(page, 'backupbox');
  await picture(page, 'password');
  await answerPassword(page, prompt);
  await page.getByRole('heading', { name: 'Ready' }).waitFor();
}

/** A package with choices of its own, up to its review. */
export async function choosePackage(page: Page, picture: Camera): Promise<void> {
  await chooseSource(page, /laptop/, 'tank/projects');
  await page.getByText('Also send other datasets').click();
  await page
    .getByRole('listbox', { name: 'Also send other datasets' })
    .getByRole('option', { name: /^tank\/home,/ })
    .click();
  await pick(page, 'What is sent together', /Replication package/);
  await page.getByText('tank/home@').first().waitFor();
  await picture(page, 'source-package');
  await goToStep(page, /Snapshot and base/);
  await page.getByText('Bring only some of the snapshots in between').click();
  await page.getByRole('button', { name: 'Add a pattern to bring' }).click();
  await page.getByRole('textbox', { name: 'Pattern' }).fill('auto-*');
  await page.getByRole('textbox', { name: 'Pattern' }).scrollIntoViewIfNeeded();
  await picture(page, 'snapshot-filter');
  await goToStep(page, /Destination/);
  await pick(page, 'Destination host', /backupbox/);
  await pick(page, 'Pool', /^backup/);
  await page.getByRole('textbox', { name: 'In a dataset named (may be empty)' }).fill('several');
  await picture(page, 'destination-several');
  await goToStep(page, /How/);
  await page.getByText('Limit the bandwidth').click();
  // Slow enough for all that is to be seen on its way, on a slow machine too.
  await page.getByRole('textbox', { name: 'At most' }).fill('2');
  await page.getByText('More choices').click();
  await picture(page, 'how-more');
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: 'Ready' }).waitFor();
  await picture(page, 'review-package');
  await page.getByText(/^Show \d+ commands?$/).click();
  await page.getByText(/^Show \d+ commands?$/).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Export as script…' }).scrollIntoViewIfNeeded();
  await picture(page, 'review-commands');
  await page.getByRole('button', { name: 'Export as script…' }).click();
  await page.getByRole('dialog').waitFor();
  await picture(page, 'export');
  await page.keyboard.press('Escape');
}
