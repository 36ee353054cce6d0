/**
 * Draws the icons from icon.svg: `node build/icons/render.ts`. What it makes is kept in the repository, since packaging
 * has no browser at hand; run it after a change of the drawing.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findChromium, launch } from '../../test/e2e/chromium.ts';
import { icnsFile, icoFile, type Picture } from './containers.ts';

const folder = import.meta.dirname;
const chromium = await findChromium();
if (typeof chromium === 'string') throw new Error(chromium);
const svg = await readFile(path.join(folder, 'icon.svg'), 'utf8');
const browser = await launch(chromium);
const page = await browser.newPage();
const pictures = new Map<number, Picture>();
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  pictures.set(size, { size, png: await page.screenshot({ omitBackground: true }) });
}
await browser.close();

const some = (...sizes: number[]): Picture[] => [...pictures.values()].filter(({ size }) => sizes.includes(size));
await mkdir(path.join(folder, 'png'), { recursive: true });
for (const { size, png } of some(16, 32, 48, 64, 128, 256, 512)) {
  await writeFile(path.join(folder, 'png', `${size}x${size}.png`), png);
}
await writeFile(path.join(folder, 'icon.ico'), icoFile(some(16, 24, 32, 48, 64, 128, 256)));
await writeFile(path.join(folder, 'icon.icns'), icnsFile(some(32, 64, 128, 256, 512, 1024)));
