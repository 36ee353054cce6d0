/** Runs: under way, paused, cancelled; after the end; in the history. */
import type { Page } from 'playwright-core';
import { chooseContinued, chooseSource, goTo, goToStep, start, untilProved } from '../steps.ts';
import type { Camera } from './camera.ts';

/** Long enough for a line in the chart and a range for the time left, ms. */
const ON_ITS_WAY_MS = 5000;

/** @param page at the review of something that takes a while */
export async function transfer(page: Page, picture: Camera): Promise<void> {
  await start(page);
  await page.getByText(/% of the estimate/).waitFor();
  await page.waitForTimeout(ON_ITS_WAY_MS);
  await picture(page, 'transfer-package');
  await page.getByRole('button', { name: /^At most .*…$/ }).click();
  await page.getByRole('dialog').waitFor();
  await picture(page, 'limit');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).first().waitFor();
  await picture(page, 'transfer-paused');
  await goTo(page, 'Start');
  await page.getByRole('heading', { name: 'Under way' }).waitFor();
  await picture(page, 'start-under-way');
  await page.goBack();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await page.getByRole('alertdialog').waitFor();
  await picture(page, 'cancel');
  await page.getByRole('button', { name: 'Cancel the transfer' }).click();
  await page.getByRole('heading', { name: 'The run was cancelled' }).waitFor();
  await picture(page, 'cancelled');
  await goTo(page, 'Start');
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
  await picture(page, 'attention');
}

/** After a copy: its schedule, a look into it, both sides compared; then all runs. */
export async function afterwards(page: Page, origin: string, picture: Camera): Promise<void> {
  await chooseSource(page, /laptop/, 'tank/projects');
  await chooseContinued(page, /backupbox/, 'backup/laptop/projects');
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: 'Ready' }).waitFor();
  await picture(page, 'review-continued');
  await start(page);
  await untilProved(page);
  for (const { button, name } of [
    { button: 'Every night…', name: 'schedule' },
    { button: 'Look inside…', name: 'look-inside' },
  ]) {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').waitFor();
    await picture(page, name);
    await page.keyboard.press('Escape');
  }
  await page.getByText(/^Show \d+ commands?$/).click();
  await page.getByText(/^Show \d+ commands?$/).scrollIntoViewIfNeeded();
  await picture(page, 'receipt-commands');
  await page.getByRole('button', { name: 'Compare both sides…' }).click();
  await page.getByRole('button', { name: 'Compare', exact: true }).waitFor();
  await picture(page, 'compare');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { name: /^Both sides/, level: 2 }).waitFor();
  await picture(page, 'compared');
  await page.goto(`${origin}/#/verify/laptop/tank%2Fhome/backupbox/backup%2Flaptop%2Fhome`);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { name: 'The two sides differ.', level: 2 }).waitFor();
  await picture(page, 'compared-different');

  await goTo(page, 'History');
  const ticks = page.getByRole('checkbox');
  // The list of before is shown at once, and the run of just now comes in above it.
  await ticks.nth(2).waitFor();
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await picture(page, 'runs-ticked');
  await page.getByRole('button', { name: 'Compare the two' }).click();
  await page.getByRole('rowheader', { name: 'Snapshots only in this one' }).waitFor();
  await picture(page, 'runs-compared');
  await goTo(page, 'History');
  const filter = page.getByRole('textbox', { name: 'Filter by host or dataset' });
  await filter.fill('photos');
  await picture(page, 'runs-filtered');
  await filter.fill('nothing is named so');
  await picture(page, 'runs-no-match');
  await page.goto(`${origin}/#/explore/laptop/tank%2Fprojects`);
  await page.getByRole('radio', { name: 'Lineage' }).click();
  await page.getByRole('listbox', { name: 'Lineage' }).waitFor();
  await picture(page, 'explore-lineage');
}
