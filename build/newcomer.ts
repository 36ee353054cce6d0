/**
 * `node build/newcomer.ts [FOLDER]`: a newcomer's first replication, from what `npm start -- --practice` starts to the
 * receipt, with pauses for reading and deciding. Leaves pictures and a trace (`npx playwright-core show-trace`), and
 * prints how long each part took. Two minutes are what it may take; more ends with status 1.
 *
 * Reading: 238 words a minute, the mean for English non-fiction (Brysbaert 2019); of the words that are new on a page
 * 20 %, what people are likely to read of one (Nielsen 2008); and 2 s to decide. The hosts are only glanced at. The time
 * ends where the receipt stands there: then the replication is done.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startApp } from '../test/e2e/app.ts';
import { findChromium, launch } from '../test/e2e/chromium.ts';
import { firstReplication } from '../test/e2e/tour.ts';
import { root } from './steps.ts';

const WORDS_PER_SECOND = 238 / 60;
const SHARE_READ = 0.2;
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
      const words = fresh.join(' ').split(/\s+/).length;
      const reading = stop === 'hosts' ? 0 : (words * SHARE_READ) / WORDS_PER_SECOND;
      // Nothing has to be decided while bytes flow.
      const thinking = stop === 'transfer' ? 0 : reading + DECIDING_S;
      await page.screenshot({ path: path.join(folder, `${String(rows.length + 1).padStart(2, '0')}-${stop}.png`) });
      rows.push({ stop, at, words, thinking });
      if (stop !== 'receipt' && stop !== 'runs') await page.waitForTimeout(thinking * 1000);
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
  if (at > receipt.at) continue;
  const read = stop === 'receipt' ? '' : `${thinking.toFixed(1).padStart(5)} s to read and decide`;
  process.stdout.write(
    `${stop.padEnd(12)} at ${at.toFixed(1).padStart(6)} s  ${String(words).padStart(3)} new words  ${read}\n`,
  );
}
process.stdout.write(`from the start to the receipt: ${receipt.at.toFixed(1)} s of ${ALLOWED_S}\n`);
process.stdout.write(`Pictures and trace.zip are in ${folder}\n`);
process.exitCode = receipt.at <= ALLOWED_S ? 0 : 1;
