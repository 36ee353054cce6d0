/** What axe finds wrong with a page as it is now, by WCAG 2.2 AA, in each of the themes. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** As `renderer/styles/tokens.css` has them. */
const THEMES = ['light', 'dark', 'contrast'] as const;
type Theme = (typeof THEMES)[number];

/** A page that is drawn anew or fades while axe looks can be caught in between, ms. */
const SETTLING_MS = 700;

/**
 * @param themes of which one is enough where the system's colours are forced on all of them
 * @returns `theme: rule: elements`, one line a rule; empty if nothing is wrong with the page once it has settled
 */
export async function inaccessible(page: Page, themes: readonly Theme[] = THEMES): Promise<string[]> {
  // Half a megabyte to be read by the page: once is enough until it is loaded anew.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await source);
  const chosen = await page.evaluate(() => document.documentElement.dataset.theme);
  const findings: string[] = [];
  for (const theme of themes) {
    await wear(page, theme);
    if ((await look(page)).length === 0) continue;
    await page.waitForTimeout(SETTLING_MS);
    findings.push(...(await look(page)).map((finding) => `${theme}: ${finding}`));
  }
  await wear(page, chosen);
  return findings;
}

/** As the settings do, but also while a dialog keeps them out of reach. @param theme undefined: the system's */
const wear = (page: Page, theme: string | undefined): Promise<void> =>
  page.evaluate((name) => {
    if (name === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
  }, theme);

function look(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const result = await engine.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
  });
}
