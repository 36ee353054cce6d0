/**
 * `npm run screenshots [-- FOLDER]`: pictures of every page for the documentation, light and dark, taken on a first
 * replication between the practice hosts.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startApp } from '../test/e2e/app.ts';
import { findChromium, launch } from '../test/e2e/chromium.ts';
import { firstReplication } from '../test/e2e/tour.ts';
import { root } from './steps.ts';

const folder = path.resolve(process.argv[2] ?? path.join(root, 'build', 'screenshots'));
const size = { width: 1280, height: 800 };

const chromium = await findChromium();
if (typeof chromium === 'string') throw new Error(`pictures need a browser: ${chromium}`);
await mkdir(folder, { recursive: true });
const browser = await launch(chromium);
const app = await startApp('--practice');
try {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await firstReplication(
    page,
    app.address,
    { from: 'laptop', to: 'backupbox', source: 'tank/photos', pool: 'backup', name: 'photos-copy' },
    async (stop) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // Colours fade for a moment.
        await page.waitForTimeout(400);
        await page.screenshot({ path: path.join(folder, `${stop}-${colorScheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: 'light' });
    },
  );
  for (const { name, address, ready } of [
    { name: 'replications', address: '#/start', ready: 'Up to date' },
    { name: 'explore', address: '#/explore/laptop/tank%2Fprojects', ready: 'auto-008' },
    { name: 'host', address: '#/hosts/laptop', ready: 'Check again' },
    { name: 'settings', address: '#/settings', ready: 'State folder' },
  ]) {
    // Another fragment only: the page stays.
    await page.goto(`${app.origin}/${address}`);
    await page.getByText(ready).first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(400);
      await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
    }
  }
} finally {
  await browser.close();
  await app.stop();
}
process.stdout.write(`Pictures are in ${folder}\n`);
