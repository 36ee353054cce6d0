/** The dialogs of the window, each looked at where a test opens it anyway; test/dialogs.test.ts sees that none is left out. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inaccessible } from './axe.ts';

/**
 * @param component the file in renderer/ that draws it, without its ending
 * @throws AssertionError where axe finds something, in whichever theme
 */
export async function expectDialog(page: Page, component: string): Promise<void> {
  await page.locator('[role=dialog], [role=alertdialog]').last().waitFor();
  expect(await inaccessible(page), component).toEqual([]);
}
