/** What a person does with the window after the first copy, on the practice hosts: packages, updates, conflicts, stops. */
import { rename } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inaccessible } from './axe.ts';
import { expectDialog } from './dialogs.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { chooseNewCopy, chooseSource, goTo, goToStep, limitTo, pick, start, untilProved } from './steps.ts';

describe.skipIf(!hasBrowser)('replications in the window', { timeout: 180_000 }, () => {
  const own = ownWindow();
  let page: Page;
  beforeAll(async () => {
    page = own().page;
    await page.getByRole('heading', { name: 'Your first replication' }).waitFor();
  });

  /** As where somebody tidied up the state folder. */
  async function withoutJournals(act: () => Promise<void>): Promise<void> {
    const runs = path.join(own().app.stateDir, 'practice', 'runs');
    await rename(runs, `${runs}-away`);
    await act();
    await rename(`${runs}-away`, runs);
  }

  it('sends a replication package with something left out, paused and gone on with', async () => {
    await chooseSource(page, /laptop/, 'tank');
    await pick(page, 'What is sent together', /Replication package/);
    await page.getByText('tank has no snapshots yet: a first one is taken when it starts.').waitFor();
    await page.getByText('Leave out some datasets below').click();
    const below = page.getByRole('listbox', { name: 'Leave out some datasets below' });
    for (const name of ['tank/photos', 'tank/home']) {
      await below.getByRole('option', { name: new RegExp(`^${name},`) }).click();
    }
    const preview = page.getByRole('region', { name: 'Its stream table, as a first copy' }).first();
    await preview.getByText('tank/projects-try@works').first().waitFor();
    await expect.poll(() => preview.getByText('tank/home@').count()).toBe(0);
    expect(await inaccessible(page)).toEqual([]);

    await chooseNewCopy(page, /backupbox/, 'backup', 'all');
    await goToStep(page, /Review/);
    const members = page.getByRole('listbox', { name: 'Datasets of the package' });
    await members.getByRole('option', { name: /tank\/projects,/ }).click();
    await page.getByRole('heading', { name: 'Streams of tank/projects' }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
    // Slow enough to be paused on its way.
    await limitTo(page, '4');
    await start(page);

    await page.getByText(/% of the estimate/).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const goOn = page.getByRole('button', { name: 'Continue' });
    await goOn.waitFor();
    await page.getByText('Paused', { exact: true }).first().waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await page.reload();
    await goOn.waitFor();
    await page.getByRole('button', { name: /At most 4\.00 MiB/ }).click();
    const limit = page.getByRole('dialog');
    await expectDialog(page, 'LimitDialog');
    await limit.getByText('Limit the bandwidth').click();
    await limit.getByRole('button', { name: 'Use this limit' }).click();
    await page.getByRole('button', { name: 'Limit…' }).waitFor();
    await goOn.click();
    await untilProved(page);
    await page.getByRole('rowheader', { name: 'tank/projects-try@works' }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
  });

  it('has the copy on the start page, up to date', async () => {
    await goTo(page, 'Start');
    await page.getByText('Up to date', { exact: true }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
  });

  it('brings an older copy up to date with what changed only', async () => {
    await chooseSource(page, /laptop/, 'tank/projects');
    await goToStep(page, /Destination/);
    await pick(page, 'Destination host', /backupbox/);
    await pick(page, 'The copy is', /An existing copy/);
    await page.getByRole('option', { name: /^backup\/laptop\/projects,/ }).click();
    await goToStep(page, /Review/);
    await page.getByRole('button', { name: 'Export as script…' }).click();
    const script = page.getByRole('dialog', { name: 'Export this plan' });
    await script.getByText('#!/bin/sh').waitFor();
    await script.getByRole('radio', { name: 'syncoid' }).click();
    await script.getByText(/syncoid .*tank\/projects/).waitFor();
    await expectDialog(page, 'ExportDialog');
    await page.keyboard.press('Escape');
    await start(page);
    await untilProved(page);
  });

  it('sends a clone by itself as a self-contained package', async () => {
    await chooseSource(page, /laptop/, 'tank/projects-try');
    await pick(page, 'What is sent together', /Self-contained/);
    const preview = page.getByRole('region', { name: 'Its stream table, as a first copy' }).first();
    await preview.getByRole('cell', { name: 'full' }).waitFor();
    await chooseNewCopy(page, /backupbox/, 'backup', 'try');
    await start(page);
    await untilProved(page);
  });

  it('sets aside a copy that was changed, at a press', async () => {
    await chooseSource(page, /laptop/, 'tank/home');
    await goToStep(page, /Destination/);
    await pick(page, 'Destination host', /backupbox/);
    await page.getByRole('button', { name: 'Continue that copy' }).first().click();
    await goToStep(page, /Review/);
    await page.getByRole('heading', { name: /Blocked/ }).waitFor();
    await page
      .getByRole('button', { name: /^Rename the old copy/ })
      .first()
      .click();
    await page.getByText('The old dataset is set aside').waitFor();
    await page.getByText('Nothing on backupbox will be deleted').waitFor();
    await start(page);
    await untilProved(page);
  });

  it('cancels, says what is kept, and continues from the start page', async () => {
    await chooseSource(page, /laptop/, 'tank/photos');
    await chooseNewCopy(page, /backupbox/, 'backup', 'pictures');
    await start(page);
    await page.getByText(/% of the estimate/).waitFor();
    await page.getByRole('button', { name: 'Cancel…' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Let it run');
    await expectDialog(page, 'CancelDialog');
    await dialog.getByRole('button', { name: 'Cancel the transfer' }).click();
    await page.getByRole('heading', { name: 'The run was cancelled' }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await goTo(page, 'Start');
    await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
    const resume = page.getByRole('button', { name: 'Resume' });
    await withoutJournals(async () => {
      await resume.click();
      await expectDialog(page, 'FailureDialog');
      await page.keyboard.press('Escape');
    });
    await resume.click();
    await untilProved(page);
  });

  it('keeps a history that filters and compares', async () => {
    await goTo(page, 'History');
    await page.getByRole('textbox', { name: 'Filter by host or dataset' }).fill('projects');
    await expect.poll(() => page.getByRole('row').count()).toBe(3);
    const ticks = page.getByRole('checkbox');
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    expect(await inaccessible(page)).toEqual([]);
    await page.getByRole('button', { name: 'Compare the two' }).click();
    await page.getByRole('rowheader', { name: 'Snapshots only in this one' }).waitFor();
    expect(await inaccessible(page)).toEqual([]);
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
