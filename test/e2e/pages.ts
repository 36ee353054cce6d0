/** The browser of a test file, and what a page complained about while it was used. */
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launch } from './chromium.ts';

/** Whether there is a browser; test/e2e/setup.ts has said why not. */
export const hasBrowser = inject('chromium') !== null;

/** @throws {Error} without a browser: ask {@link hasBrowser} first */
export function openBrowser(): Promise<Browser> {
  const chromium = inject('chromium');
  if (chromium === null) throw new Error('there is no browser');
  return launch(chromium);
}

/** A page together with everything that must not happen on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors, uncaught errors, breaches of the content policy, requests to elsewhere. */
  readonly complaints: string[];
}

/**
 * @param origin the only one that the page may ask for anything
 */
export async function watchedPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints };
}
