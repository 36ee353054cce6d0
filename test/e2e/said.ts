/** What a screen reader is told without moving the focus: all that live regions say, in their order. */
import type { Page } from 'playwright-core';

/** Before the page is gone to. */
export const keepSaid = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = '[role=status], [role=alert], [aria-live], output';
    const note = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement;
      const text = element?.closest(region)?.textContent?.trim() ?? '';
      if (text !== '' && said.at(-1) !== text) said.push(text);
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) for (const node of [target, ...addedNodes]) note(node);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

/** What was said since the page was loaded; what is said twice in a row counts once. */
export const saidOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { said: string[] }).said);
