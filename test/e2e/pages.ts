/** The browser of a test file, and what a page complained about while it was used. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { type RunningApp, startApp } from './app.ts';
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

/**
 * Has a test that fails say what its page showed: what a screen reader has of it, since nobody is there to look. For the
 * top of a file or a `describe`.
 *
 * @param page null: there is none yet
 */
export function describeOnFailure(page: () => Page | null): void {
  afterEach(async ({ task }) => {
    const failed = task.result?.state === 'fail' ? page() : null;
    if (failed === null) return;
    const shown = await failed
      .locator('body')
      .ariaSnapshot({ timeout: 5_000 })
      .catch((error: unknown) => String(error));
    process.stdout.write(`\nWhen "${task.name}" failed, ${failed.url()} showed:\n${shown}\n`);
  });
}

/** A window of a test file's own, there once its `beforeAll` has run. */
export interface OwnWindow extends WatchedPage {
  readonly app: RunningApp;
  readonly browser: Browser;
}

/**
 * Starts Sluice and opens its window, in which nothing moves, before the tests of the surrounding `describe`, and ends both after them.
 *
 * @param start how Sluice is started; on practice hosts unless told
 * @param prepare the page before it is gone to
 */
export function ownWindow(
  start: () => Promise<RunningApp> = () => startApp('--practice'),
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): () => OwnWindow {
  let own: OwnWindow | null = null;
  beforeAll(async () => {
    const browser = await openBrowser();
    const app = await start();
    const watched = await watchedPage(browser, app.origin);
    own = { browser, app, ...watched };
    await watched.page.emulateMedia({ reducedMotion: 'reduce' });
    await prepare(watched.page);
    await watched.page.goto(app.address);
    await watched.page.getByRole('heading', { level: 1 }).waitFor();
  });
  describeOnFailure(() => own?.page ?? null);
  afterAll(async () => {
    await own?.browser.close();
    if (own !== null) expect(await own.app.stop()).toBe(0);
  });
  return () => {
    if (own === null) throw new Error('the window is not open yet');
    return own;
  };
}
