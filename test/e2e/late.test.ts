/**
 * What arrives late moves nothing that can be pressed. Every answer of the main process is held back, so that it comes
 * when a person's hand is already on its way: a control that is moved between press and release is not pressed.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, ownWindow } from './pages.ts';
import { chooseNewCopy, chooseSource, goToStep, pick, start, untilProved } from './steps.ts';

/** Longer than the half second after an input in which whatever moves counts as its effect (as in web.dev/articles/cls). */
const LATE_MS = 700;

declare global {
  interface Window {
    readonly noteShift: (what: string) => void;
  }
}

/** In the page: tells of each control that has another place than a frame ago, without an input before. */
function watchShifts(): void {
  const controls = 'button, a, input, label, [role=option], [role=radio], [role=treeitem]';
  let places = new Map<Element, DOMRect>();
  let inputAt = Number.NEGATIVE_INFINITY;
  for (const input of ['pointerdown', 'pointerup', 'keydown', 'scroll', 'hashchange']) {
    window.addEventListener(input, () => (inputAt = performance.now()), { capture: true });
  }
  const look = (): void => {
    const now = new Map([...document.querySelectorAll(controls)].map((one) => [one, one.getBoundingClientRect()]));
    for (const [control, place] of now) {
      const before = places.get(control);
      if (before === undefined || place.width === 0 || before.width === 0) continue;
      // Only one edge moves where a control grows: what is pressed is still below the hand.
      const moved = (one: 'left' | 'top', other: 'right' | 'bottom') =>
        Math.abs(before[one] - place[one]) > 1 && Math.abs(before[other] - place[other]) > 1;
      if (performance.now() - inputAt < 500 || !(moved('left', 'right') || moved('top', 'bottom'))) continue;
      const name = control.getAttribute('aria-label') ?? control.textContent?.slice(0, 60);
      const [from, to] = [before, place].map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`);
      window.noteShift(`${location.hash}: ${control.tagName} ${name} from ${from} to ${to}`);
    }
    places = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

describe.skipIf(!hasBrowser)('what arrives late', { timeout: 180_000 }, () => {
  let shifts: string[] = [];
  const own = ownWindow(undefined, async (page) => {
    await page.exposeFunction('noteShift', (what: string) => shifts.push(what));
    await page.addInitScript(watchShifts);
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => void setTimeout(() => socket.send(message), LATE_MS));
    });
  });
  let page: Page;
  beforeAll(() => {
    page = own().page;
  });
  /** Until the answers to what was done have come, and those to the questions which they led to. */
  const settle = () => page.waitForTimeout(4 * LATE_MS);

  it('is noted where it does move something', async () => {
    await settle();
    shifts = [];
    await page.evaluate(() => document.querySelector('main')?.prepend('Late.'));
    await expect.poll(() => shifts.length).toBeGreaterThan(0);
  });

  /** As one opens them by a bookmark. */
  async function openAll(fragments: readonly string[]): Promise<void> {
    shifts = [];
    for (const fragment of fragments) {
      await page.goto('about:blank');
      await page.goto(`${own().app.origin}/${fragment}`);
      await settle();
    }
    expect(shifts).toEqual([]);
  }

  it('moves no control of a page', () =>
    openAll(['#/practice', '#/start', '#/replicate', '#/explore', '#/runs', '#/hosts', '#/settings']));

  it('moves no control of the wizard', async () => {
    await chooseSource(page, /laptop/, 'tank/home');
    shifts = [];
    await settle();
    await goToStep(page, /Snapshot/);
    await settle();
    await goToStep(page, /Destination/);
    await settle();
    await pick(page, 'Destination host', /backupbox/);
    await settle();
    await pick(page, 'The copy is', /An existing copy/);
    await settle();
    await page.getByRole('option', { name: /^backup\/laptop\/home,/ }).click();
    await settle();
    for (const step of [/Snapshot/, /How/, /Review/, /Destination/, /Source/]) {
      await goToStep(page, step);
      await settle();
      await page.reload();
      await settle();
    }
    expect(shifts).toEqual([]);
  });

  it('moves no control of a page that has something to show', async () => {
    await chooseSource(page, /laptop/, 'tank/projects');
    await chooseNewCopy(page, /backupbox/, 'backup', 'late');
    await start(page);
    await untilProved(page);
    const run = new URL(page.url()).hash;
    await openAll(['#/start', '#/runs', run, '#/explore/laptop/tank%2Fprojects', '#/hosts/laptop']);
    // The start page looks again by itself, as soon as somebody looks at it.
    await openAll(['#/start']);
    await page.getByText('Up to date', { exact: true }).waitFor();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('Looking at both hosts').waitFor();
    await settle();
    await page.getByText('Up to date', { exact: true }).waitFor();
    expect(shifts).toEqual([]);
  });
});
