/** The window with an inventory larger than most, in a real browser: how long it takes to open, how even it moves. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readAssets } from '../../electron/web/assets.ts';
import { startWebServer } from '../../electron/web/server.ts';
import { findChromium, launch } from '../e2e/chromium.ts';
import { tinyRouter } from '../tiny-router.ts';
import { largeInventory } from './large-inventory.ts';

/** Milliseconds. */
interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
  readonly count: number;
}

export interface WindowFigures {
  /** From the address to a page that can be used; milliseconds. */
  readonly usableMs: number;
  /** From the press to the first rows; milliseconds. */
  readonly treeMs: number;
  readonly snapshotsMs: number;
  readonly frames: Readonly<
    Record<'scrolling the tree' | 'scrolling the snapshots' | 'typing into the filter', Frames>
  >;
}

/** Times of the frames that the browser draws while something is done. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    const measured = { times, on: true };
    Object.assign(window, { measured });
    let last = performance.now();
    const next = (now: number) => {
      times.push(now - last);
      last = now;
      if (measured.on) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await act();
  const times = await page.evaluate(() => {
    const { measured } = window as unknown as { measured: { times: number[]; on: boolean } };
    measured.on = false;
    return measured.times.slice(1).sort((a, b) => a - b);
  });
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), worst: at(1), count: times.length };
}

async function wheel(page: Page): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, 640);
    await page.waitForTimeout(25);
  }
}

/**
 * @param report told in words why nothing can be measured
 * @returns null without a browser
 */
export async function measureWindow(report: (line: string) => void): Promise<WindowFigures | null> {
  const chromium = await findChromium();
  if (typeof chromium === 'string') {
    report(`window is left out: ${chromium}`);
    return null;
  }
  const assets = await readAssets(path.join(import.meta.dirname, '..', '..', 'dist', 'renderer'));
  const server = await startWebServer({ router: tinyRouter(largeInventory()).router, assets, port: 0 });
  const browser = await launch(chromium);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    const since = performance.now();
    await page.goto(server.newAddress());
    await page.getByRole('heading', { level: 1 }).waitFor();
    const usableMs = performance.now() - since;

    const pressed = performance.now();
    await page.getByRole('link', { name: 'Explore' }).click();
    const tree = page.getByRole('tree');
    await tree.getByRole('treeitem').nth(3).waitFor();
    const treeMs = performance.now() - pressed;
    await tree.focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await tree.hover();
    const treeFrames = await framesDuring(page, () => wheel(page));
    await page.keyboard.press('Home');
    for (let row = 0; row < 2; row++) await page.keyboard.press('ArrowDown');
    const chosen = performance.now();
    await page.keyboard.press('Enter');
    const table = page.getByRole('region', { name: 'tank/f0/d1' }).getByRole('table', { name: 'Snapshots' });
    await table.getByRole('row').nth(5).waitFor();
    const snapshotsMs = performance.now() - chosen;
    await table.hover();
    const snapshotFrames = await framesDuring(page, () => wheel(page));
    const filter = page.getByRole('searchbox', { name: 'Filter snapshots by name' });
    await filter.focus();
    const typingFrames = await framesDuring(page, async () => {
      for (const letter of 'auto-0123') await page.keyboard.type(letter, { delay: 120 });
      await page.waitForTimeout(500);
    });
    return {
      usableMs,
      treeMs,
      snapshotsMs,
      frames: {
        'scrolling the tree': treeFrames,
        'scrolling the snapshots': snapshotFrames,
        'typing into the filter': typingFrames,
      },
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The figures as lines for a terminal. */
export function showWindow({ usableMs, treeMs, snapshotsMs, frames }: WindowFigures): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    'window, 10,000 datasets, 200,000 snapshots in one of them',
    `  usable after ${ms(usableMs)}; the tree after ${ms(treeMs)}; the snapshots after ${ms(snapshotsMs)}`,
    ...Object.entries(frames).map(
      ([what, { median, p95, worst, count }]) =>
        `  ${what}: frames of ${ms(median)} (median), ${ms(p95)} (95 %), ${ms(worst)} (worst of ${count})`,
    ),
  ].join('\n');
}
