/** The way of somebody without a mouse. */
import type { Page } from 'playwright-core';

/** More stops than any page has between two parts. */
const MOST_STOPS = 80;

/**
 * Presses Tab until the focus is on something whose words fit.
 *
 * @returns how often that was
 * @throws {Error} if it never comes there
 */
export async function tabTo(page: Page, words: RegExp): Promise<number> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate(() => {
      const element = document.activeElement;
      // Between two rounds nothing has the focus, and the body has everybody's words.
      if (element === null || element === document.body) return '';
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const labelledBy = (element.getAttribute('aria-labelledby') ?? '').split(' ');
      return [
        element.getAttribute('aria-label') ?? '',
        ...labels.map((label) => label.textContent),
        ...labelledBy.map((id) => document.getElementById(id)?.textContent ?? ''),
        element.textContent,
      ]
        .join(' ')
        .trim();
    });
    if (words.test(said)) return stop + 1;
  }
  throw new Error(`Tab never came to ${words}`);
}
