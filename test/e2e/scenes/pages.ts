/** The pages that need no story: those that have an address, and what opens above them. */
import type { Page } from 'playwright-core';
import { contractClient } from '../contract-client.ts';
import { goTo } from '../steps.ts';
import type { Camera } from './camera.ts';

/** Another fragment only: the page stays, and its session with it. */
const open = (page: Page, origin: string, fragment: string) => page.goto(`${origin}/#/${fragment}`);

/** @param page of practice hosts, after a first replication of one that is up to date */
export async function pages(page: Page, origin: string, picture: Camera): Promise<void> {
  for (const { name, address, ready } of [
    { name: 'replications', address: 'start', ready: 'Up to date' },
    { name: 'explore', address: 'explore/laptop/tank%2Fprojects', ready: 'auto-008' },
    { name: 'explore-nothing-chosen', address: 'explore/laptop', ready: 'tank' },
    { name: 'host', address: 'hosts/laptop', ready: 'Check again' },
    { name: 'host-unknown', address: 'hosts/nobody', ready: 'There is no host named' },
    { name: 'run-unknown', address: 'runs/20260101-000000-none', ready: 'There is no run' },
    { name: 'settings', address: 'settings', ready: 'State folder' },
    { name: 'practice', address: 'practice', ready: 'laptop' },
  ]) {
    await open(page, origin, address);
    await page.getByText(ready).first().waitFor();
    await picture(page, name);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await picture(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('alertdialog').waitFor();
  await picture(page, 'practice-reset');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Break something on laptop' }).click();
  await page.getByRole('menu').waitFor();
  await picture(page, 'practice-break');
  await page.keyboard.press('Escape');

  await goTo(page, 'Hosts');
  for (const host of ['laptop', 'backupbox']) await page.getByRole('button', { name: `Check ${host}` }).click();
  await page.getByText('Ready').nth(1).waitFor();
  await picture(page, 'hosts-checked');
  await open(page, origin, 'explore/laptop/tank%2Fprojects');
  await page.getByRole('searchbox', { name: 'Filter snapshots by name' }).fill('nothing is named so');
  await page.getByText('Nothing matches the filter.').waitFor();
  await picture(page, 'explore-no-match');
  await goTo(page, 'Settings');
  await page.getByText('More choices').click();
  await page.getByText(/^Licences of/).click();
  await picture(page, 'settings-open');
  await page.getByText('About').scrollIntoViewIfNeeded();
  await picture(page, 'settings-about');
}

/** @param page of practice hosts, to be broken: it comes last */
export async function brokenPractice(page: Page, origin: string, picture: Camera): Promise<void> {
  const { client, close } = await contractClient(page, origin);
  await client.practice.addOffice();
  for (const what of ['change-host-key', 'fill-pool'] as const) {
    await client.practice.break({ what, host: 'laptop' as never });
  }
  await client.practice.break({ what: 'modify-destination', host: 'backupbox' as never });
  close();
  await goTo(page, 'Practice');
  await page.reload();
  await page.getByRole('list', { name: 'Broken on laptop' }).waitFor();
  await page.getByRole('heading', { name: /^office/ }).waitFor();
  await picture(page, 'practice-broken');
  await open(page, origin, 'explore/laptop');
  await page
    .getByText(/host key/i)
    .first()
    .waitFor();
  await picture(page, 'explore-host-key');
  await open(page, origin, 'hosts/laptop');
  await page.getByRole('button', { name: 'Check again' }).click();
  await page
    .getByText(/host key than/)
    .first()
    .waitFor();
  await picture(page, 'host-other-key');
}
