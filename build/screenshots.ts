/**
 * `npm run screenshots [-- FOLDER [WIDTH]]`: a picture of every page and of its states, light and dark: on the practice
 * hosts, on hosts that are added, with lines that are lost, and with a very large host. Without a folder, those that
 * README.md shows are renewed as well.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApp } from '../test/e2e/app.ts';
import { findChromium, launch } from '../test/e2e/chromium.ts';
import { contractClient } from '../test/e2e/contract-client.ts';
import { cameraFor } from '../test/e2e/scenes/camera.ts';
import { large } from '../test/e2e/scenes/large.ts';
import { ownHosts } from '../test/e2e/scenes/own-hosts.ts';
import { brokenPractice, pages } from '../test/e2e/scenes/pages.ts';
import { choosePackage, rights, troubles } from '../test/e2e/scenes/plans.ts';
import { afterwards, transfer } from '../test/e2e/scenes/runs.ts';
import { firstReplication } from '../test/e2e/tour.ts';
import { root } from './steps.ts';

const folder = path.resolve(process.argv[2] ?? path.join(tmpdir(), 'sluice-screenshots'));
const width = Number(process.argv[3] ?? 1280);
const viewport = { width, height: width > 1600 ? 1080 : 800 };

/** Long enough for a line in the chart, short enough for not yet being over, ms. */
const ON_ITS_WAY_MS = 3000;

const chromium = await findChromium();
if (typeof chromium === 'string') throw new Error(`pictures need a browser: ${chromium}`);
await mkdir(folder, { recursive: true });
const picture = cameraFor(folder);
const browser = await launch(chromium);
const app = await startApp('--practice');
const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
try {
  await firstReplication(
    page,
    app.address,
    { from: 'laptop', to: 'backupbox', source: 'tank/photos', pool: 'backup', name: 'photos-copy' },
    async (stop) => {
      if (stop === 'transfer') await page.waitForTimeout(ON_ITS_WAY_MS);
      await picture(page, stop);
    },
  );
  await pages(page, app.origin, picture);
  await troubles(page, picture);
  await choosePackage(page, picture);
  await transfer(page, picture);
  await afterwards(page, app.origin, picture);
  await rights(page, app.origin, picture);
  const { client, close } = await contractClient(page, app.origin);
  await ownHosts(browser, viewport, app, client, picture);
  await client.practice.reset();
  close();
  await brokenPractice(page, app.origin, picture);
  await large(browser, viewport, picture);
} catch (error) {
  // Whoever finds it stuck wants to see where.
  for (const open of browser.contexts().flatMap((context) => context.pages())) await picture(open, 'stuck');
  throw error;
} finally {
  await browser.close();
  await app.stop();
}
if (process.argv[2] === undefined) {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  for (const [shown] of readme.matchAll(/build\/screenshots\/[\w-]+\.png/g)) {
    await copyFile(path.join(folder, path.basename(shown)), path.join(root, shown));
  }
}
process.stdout.write(`Pictures are in ${folder}\n`);
