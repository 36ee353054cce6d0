/** The browser shell as a person meets it: the address opens the window once, the window stays, and Ctrl-C ends it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from './app.ts';
import { hasBrowser, openBrowser, watchedPage } from './pages.ts';

describe.skipIf(!hasBrowser)('the window in a browser', () => {
  let browser: Browser;
  let app: RunningApp;
  beforeAll(async () => {
    browser = await openBrowser();
    app = await startApp('--practice');
  });
  afterAll(async () => {
    await browser?.close();
    expect(await app?.stop()).toBe(0);
  });

  it('opens by the printed address, erases the token from it, and survives a reload', async () => {
    const { page, complaints } = await watchedPage(browser, app.origin);
    await page.goto(app.address);
    await page.getByText('laptop').first().waitFor();
    expect(page.url()).not.toContain(new URL(app.address).hash.slice(1));
    await page.reload();
    await page.getByText('laptop').first().waitFor();
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  });

  it('does not open by an address that was used before', async () => {
    const { page } = await watchedPage(browser, app.origin);
    await page.goto(app.address);
    await page.getByRole('heading').first().waitFor();
    expect(await page.getByText('laptop').count()).toBe(0);
    await page.context().close();
  });

  it('enforces its content policy', async () => {
    const { page } = await watchedPage(browser, app.origin);
    await page.goto(`${app.origin}/`);
    const outcome = await page.evaluate(async () => {
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
      const script = document.createElement('script');
      try {
        script.text = 'window.ran = true';
      } catch (error) {
        refused.push(String(error));
      }
      const image = new Image();
      image.src = 'http://127.0.0.1:9/x.png';
      document.body.append(script, image);
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { refused, ran: 'ran' in window };
    });
    expect(outcome.ran).toBe(false);
    expect(outcome.refused.join(' ')).toMatch(/TrustedScript/);
    expect(outcome.refused).toEqual(expect.arrayContaining(['connect-src', 'img-src']));
    await page.context().close();
  });
});
