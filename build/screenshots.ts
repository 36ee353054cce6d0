/**
 * `npm run screenshots [-- FOLDER [WIDTH]]`: a picture of every page and of its states, light and dark, taken on a first
 * replication between the practice hosts and on what goes wrong after it.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from '../test/e2e/app.ts';
import { findChromium, launch } from '../test/e2e/chromium.ts';
import {
  chooseContinued,
  chooseNewCopy,
  chooseSource,
  goTo,
  goToStep,
  pick,
  start,
  untilProved,
} from '../test/e2e/steps.ts';
import { firstReplication } from '../test/e2e/tour.ts';
import { root } from './steps.ts';

const folder = path.resolve(process.argv[2] ?? path.join(root, 'build', 'screenshots'));
const width = Number(process.argv[3] ?? 1280);

/** Colours fade for a moment, ms. */
const FADING_MS = 400;

const chromium = await findChromium();
if (typeof chromium === 'string') throw new Error(`pictures need a browser: ${chromium}`);
await mkdir(folder, { recursive: true });
const browser = await launch(chromium);
const app = await startApp('--practice');

async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(FADING_MS);
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The pages that have an address and need no story. */
async function plainPages(page: Page): Promise<void> {
  for (const { name, address, ready } of [
    { name: 'replications', address: '#/start', ready: 'Up to date' },
    { name: 'explore', address: '#/explore/laptop/tank%2Fprojects', ready: 'auto-008' },
    { name: 'hosts-checked', address: '#/hosts', ready: 'laptop' },
    { name: 'host', address: '#/hosts/laptop', ready: 'Check again' },
    { name: 'host-unknown', address: '#/hosts/nobody', ready: 'There is no host named' },
    { name: 'settings', address: '#/settings', ready: 'State folder' },
    { name: 'practice', address: '#/practice', ready: 'laptop' },
  ]) {
    // Another fragment only: the page stays.
    await page.goto(`${app.origin}/${address}`);
    await page.getByText(ready).first().waitFor();
    await picture(page, name);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await picture(page, 'shortcuts');
  await page.keyboard.press('Escape');
}

/** What a person meets when something stands in the way. */
async function troubles(page: Page): Promise<void> {
  await chooseSource(page, /laptop/, 'tank/home');
  await goToStep(page, /Destination/);
  await pick(page, 'Destination host', /backupbox/);
  await page.getByRole('button', { name: 'Continue that copy' }).first().click();
  await picture(page, 'destination-continued');
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: /Blocked/ }).waitFor();
  await picture(page, 'review-blocked');
  await page.getByRole('button', { name: /^Roll/ }).click();
  await page.getByRole('button', { name: 'Start…' }).click();
  await page.getByRole('alertdialog').waitFor();
  await picture(page, 'losses');
  await page.keyboard.press('Escape');

  await chooseSource(page, /laptop/, 'tank/photos');
  await chooseNewCopy(page, /backupbox/, 'old-disk', 'photos');
  await goToStep(page, /Review/);
  await page.getByText('no-space', { exact: true }).waitFor();
  await picture(page, 'review-no-space');
}

/** A package with choices of its own, on its way and at its end. */
async function packages(page: Page): Promise<void> {
  await chooseSource(page, /laptop/, 'tank/projects');
  await page.getByText('Send other datasets along').click();
  await page
    .getByRole('listbox', { name: 'Send other datasets along' })
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
  await page.getByText('More choices').click();
  await picture(page, 'how-more');
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: 'Ready' }).waitFor();
  await picture(page, 'review-package');
  await start(page);
  await page.getByText(/% of the estimate/).waitFor();
  await picture(page, 'transfer-package');
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

/** After a copy: its schedule, a look into it, both sides compared. */
async function afterwards(page: Page): Promise<void> {
  await chooseSource(page, /laptop/, 'tank/projects');
  await chooseContinued(page, /backupbox/, 'backup/laptop/projects');
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
  await page.getByRole('button', { name: 'Compare both sides…' }).click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('heading', { name: /^Both sides/, level: 2 }).waitFor();
  await picture(page, 'compared');
  await goTo(page, 'History');
  const ticks = page.getByRole('checkbox');
  await ticks.nth(1).waitFor();
  await ticks.nth(0).check();
  await ticks.nth(1).check();
  await page.getByRole('button', { name: 'Compare the two' }).click();
  await page.getByRole('rowheader', { name: 'Snapshots only in this one' }).waitFor();
  await picture(page, 'runs-compared');
  await page.goto(`${app.origin}/#/explore/laptop/tank%2Fprojects`);
  await page.getByRole('radio', { name: 'Lineage' }).click();
  await page.getByRole('listbox', { name: 'Lineage' }).waitFor();
  await picture(page, 'explore-lineage');
}

try {
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await firstReplication(
    page,
    app.address,
    { from: 'laptop', to: 'backupbox', source: 'tank/photos', pool: 'backup', name: 'photos-copy' },
    (stop) => picture(page, stop),
  );
  await plainPages(page);
  await troubles(page);
  await packages(page);
  await afterwards(page);
} finally {
  await browser.close();
  await app.stop();
}
process.stdout.write(`Pictures are in ${folder}\n`);
