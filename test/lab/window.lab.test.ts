/**
 * A newcomer's first replication in the window, in a real browser, between two hosts with real OpenZFS: the hosts are
 * added and their keys confirmed, the copy is made and proved. `SLUICE_PICTURES=FOLDER` keeps a picture of every stop.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { type RunningApp, startApp } from '../e2e/app.ts';
import { inaccessible } from '../e2e/axe.ts';
import { findChromium, launch } from '../e2e/chromium.ts';
import { watchedPage } from '../e2e/pages.ts';
import { firstReplication } from '../e2e/tour.ts';
import { contentOf, guidOf, writeRandom } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';

const pictures = process.env.SLUICE_PICTURES;

let alpha: LabHost;
let beta: LabHost;
let browser: Browser;
let app: RunningApp;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  const found = await findChromium();
  if (typeof found === 'string') throw new Error(`no browser: ${found}`);
  await bundle('main');
  await bundle('window');
  browser = await launch(found);
  await alpha.pool('tank', { sizeMb: 400 });
  await beta.pool('backup', { sizeMb: 400 });
  await alpha.run(
    'zfs create tank/photos; zfs create tank/home; zfs create tank/projects; echo notes > /tank/home/notes; zfs snapshot tank/home@2026-11-20',
  );
  await writeRandom(alpha, '/tank/photos/summer', 20);
  await alpha.run('zfs snapshot tank/photos@2026-11-19');
  await writeRandom(alpha, '/tank/photos/autumn', 60);
  await alpha.run('zfs snapshot tank/photos@2026-11-21; zfs snapshot tank/projects@2026-11-21');
  app = await startApp();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await alpha.run('zpool destroy tank');
  await beta.run('zpool destroy backup');
});

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Through the dialog: address, key file, the host's key compared, its checks. */
async function addHost(page: Page, host: LabHost, name: string, at: (stop: string) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Add host' }).first().click();
  // The question about the key is an alertdialog.
  const dialog = page.locator('[role=dialog], [role=alertdialog]');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`root@127.0.0.1:${host.port}`);
  await dialog.getByRole('textbox', { name: 'Name in Sluice' }).fill(name);
  await dialog.getByText('A private key file').click();
  await dialog.getByRole('textbox', { name: 'Private key file' }).fill(host.identityFile);
  await at('add-host');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByText(host.hostKeyFingerprint).waitFor({ timeout: 60_000 });
  await at('host-key');
  await dialog.getByRole('button', { name: 'Trust and add' }).click();
  await dialog.getByText(`${name} is added`).waitFor({ timeout: 60_000 });
  await dialog
    .getByText(/OpenZFS 2\.3/)
    .first()
    .waitFor({ timeout: 60_000 });
  await at('host-checked');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

test('two hosts are added, and a dataset is copied and proved', { timeout: 900_000 }, async () => {
  const { page, complaints } = await watchedPage(browser, app.origin);
  page.setDefaultTimeout(90_000);
  const findings: string[] = [];
  const at = async (stop: string) => {
    findings.push(...(await inaccessible(page)).map((finding) => `${stop}: ${finding}`));
    await picture(page, stop);
  };
  await page.goto(app.address);
  await addHost(page, alpha, 'alpha', at);
  await addHost(page, beta, 'beta', at);

  await firstReplication(
    page,
    app.origin,
    { from: 'alpha', to: 'beta', source: 'tank/photos', pool: 'backup', name: 'photos' },
    async (stop) => {
      if (stop === 'transfer') await page.getByText(/% of the estimate/).waitFor();
      if (stop === 'transfer' && pictures !== undefined) await page.waitForTimeout(10_000);
      await at(stop);
    },
  );
  expect(await guidOf(beta, 'backup/photos@2026-11-21')).toBe(await guidOf(alpha, 'tank/photos@2026-11-21'));
  expect(await contentOf(beta, 'backup/photos', '2026-11-21')).toBe(
    await contentOf(alpha, 'tank/photos', '2026-11-21'),
  );
  expect(findings).toEqual([]);
  expect(complaints).toEqual([]);
});
