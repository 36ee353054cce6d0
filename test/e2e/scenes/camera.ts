import path from 'node:path';
import type { Page } from 'playwright-core';

/** Takes a picture of the page as it is, light and dark: `NAME-light.png`, `NAME-dark.png`. */
export type Camera = (page: Page, name: string) => Promise<void>;

/** Colours fade for a moment, ms. */
const FADING_MS = 400;

/** @param folder that is there already; pictures of the same name are replaced */
export const cameraFor =
  (folder: string): Camera =>
  async (page, name) => {
    // A pointer left lying about marks what happens to be below it.
    await page.mouse.move(0, 0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(FADING_MS);
      await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };
