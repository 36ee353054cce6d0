/** What axe finds wrong with a page as it is now, by WCAG 2.2 AA. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page that is drawn anew or fades while axe looks can be caught in between, ms. */
const SETTLING_MS = 700;

/** @returns `rule: elements`, one line a rule; empty if nothing is wrong with the page once it has settled */
export async function inaccessible(page: Page): Promise<string[]> {
  await page.evaluate(await source);
  if ((await look(page)).length === 0) return [];
  await page.waitForTimeout(SETTLING_MS);
  return await look(page);
}

function look(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const result = await engine.run(document, { runOnly: { type: 'tag', values: tags } });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
  });
}
