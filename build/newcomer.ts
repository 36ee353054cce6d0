/**
 * `node build/newcomer.ts [FOLDER]`: a newcomer's first replication, from what `npm start -- --practice` starts to the
 * receipt, with pauses for reading and deciding. Leaves pictures and a trace (`npx playwright-core show-trace`), and
 * prints how long each part took. Two minutes are what it may take; more ends with status 1.
 *
 * Reading: 240 words a minute of what is new on the page, at most 60 words of each (people skim), and 2 s to decide.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startApp } from '../test/e2e/app.ts';
import { findChromium, launch } from '../test/e2e/chromium.ts';
import { firstReplication } from '../test/e2e/tour.ts';
import { root } from './steps.ts';

const WORDS_PER_SECOND = 240 / 60;
const MOST_WORDS = 60;
const DECIDING_S = 2;
const ALLOWED_S = 120;

const folder = path.resolve(process.argv[2] ?? path.join(root, 'test-results', 'newcomer'));
const size = { width: 1280, height: 800 };

const chromium = await findChromium();
if (typeof chromium === 'string') throw new Error(`a recording needs a browser: ${chromium}`);
await mkdir(folder, { recursive: true });
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
const app = await startApp('--practice');
const browser = await launch(chromium);
const rows: { stop: string; at: number; words: number; thinking: number }[] = [];
try {
  const context = await browser.newContext({ viewport: size });
  await context.tracing.start({ screenshots: true, snapshots: true });
  const page = await context.newPage();
  let known = new Set<string>();
  await firstReplication(
    page,
    app.address,
    { from: 'laptop', to: 'backupbox', source: 'tank/projects', pool: 'backup', name: 'first' },
    async (stop) => {
      const at = seconds();
      // biome-ignore lint/performance/useDomNodeTextContent: what is not shown need not be read.
      const lines = (await page.locator('main').innerText()).split('\n').filter((line) => line.trim() !== '');
      const fresh = lines.filter((line) => !known.has(line));
      known = new Set([...known, ...lines]);
      const words = Math.min(MOST_WORDS, fresh.join(' ').split(/\s+/).length);
      // Nobody has to read while bytes flow, nor after the receipt.
      const thinking = stop === 'transfer' || stop === 'runs' ? 0 : words / WORDS_PER_SECOND + DECIDING_S;
      await page.screenshot({ path: path.join(folder, `${String(rows.length + 1).padStart(2, '0')}-${stop}.png`) });
      rows.push({ stop, at, words, thinking });
      if (stop !== 'receipt') await page.waitForTimeout(thinking * 1000);
    },
  );
  await context.tracing.stop({ path: path.join(folder, 'trace.zip') });
} finally {
  await browser.close();
  await app.stop();
}
const receipt = rows.find(({ stop }) => stop === 'receipt');
if (receipt === undefined) throw new Error('The tour did not come to its receipt.');
for (const { stop, at, words, thinking } of rows) {
  process.stdout.write(
    `${stop.padEnd(12)} at ${at.toFixed(1).padStart(6)} s  ${String(words).padStart(3)} new words  ${thinking.toFixed(1).padStart(5)} s to read\n`,
  );
}
const total = receipt.at + receipt.thinking;
process.stdout.write(
  `from the start to the receipt, read: ${total.toFixed(1)} s of ${ALLOWED_S}\nPictures and trace.zip are in ${folder}\n`,
);
process.exitCode = total <= ALLOWED_S ? 0 : 1;
