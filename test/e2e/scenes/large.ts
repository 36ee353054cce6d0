import path from 'node:path';
import type { Browser } from 'playwright-core';
import { readAssets } from '../../../electron/web/assets.ts';
import { startWebServer } from '../../../electron/web/server.ts';
import { largeInventory } from '../../bench/large-inventory.ts';
import { tinyRouter } from '../../tiny-router.ts';
import { goTo } from '../steps.ts';
import type { Camera } from './camera.ts';

/** A host with 10,000 datasets, and 200,000 snapshots of one of them. */
export async function large(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
  picture: Camera,
): Promise<void> {
  const assets = await readAssets(path.join(import.meta.dirname, '..', '..', '..', 'dist', 'renderer'));
  const server = await startWebServer({ router: tinyRouter(largeInventory()).router, assets, port: 0 });
  const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
  try {
    const address = server.newAddress();
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${new URL(address).origin}/#/explore/large/tank%2Ff0%2Fd1`);
    await page.getByRole('table', { name: 'Snapshots' }).getByRole('row').nth(5).waitFor({ timeout: 120_000 });
    await picture(page, 'large-explore');
    await goTo(page, 'Replicate');
    await page.getByRole('radio', { name: /large/ }).press('Space');
    await page.getByRole('option').nth(5).waitFor();
    await picture(page, 'large-source');
  } finally {
    await server.close();
  }
}
