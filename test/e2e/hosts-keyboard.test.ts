/** From nothing to two checked hosts by keyboard alone, counted key by key. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Practice, startPractice } from '../../electron/practice/index.ts';
import { startAppAt } from './app.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { tabTo } from './tab-to.ts';

/** s for a key of an average typist who does not know the text, and to think before each part (Card, Moran and Newell 1983). */
const KEY_S = 0.28;
const THOUGHT_S = 1.35;

describe.skipIf(!hasBrowser)('two hosts by keyboard alone', { timeout: 120_000 }, () => {
  let folder: string;
  let servers: Practice;
  let page: Page;
  let keys = 0;
  let thoughts = 0;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-keys-'));
    // Served apart from the window: to it they are two hosts like any other.
    servers = await startPractice({ stateDir: folder });
  });
  const own = ownWindow(() =>
    startAppAt({ environment: { HOME: folder, USERPROFILE: folder, SSH_AUTH_SOCK: '' }, stateDir: folder }),
  );
  beforeAll(() => {
    page = own().page;
  });
  afterAll(async () => {
    await servers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const type = async (text: string) => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  const to = async (words: RegExp) => {
    thoughts += 1;
    keys += await tabTo(page, words);
  };

  async function add(at: number): Promise<void> {
    const host = servers.hosts[at];
    if (host === undefined) throw new Error(`There is no host ${at}.`);
    await to(/^Add host$/);
    await press('Enter');
    await page.getByRole('dialog', { name: 'Add a host' }).waitFor();
    thoughts += 1;
    await type(`${host.user}@${host.address}:${host.port}`);
    await press('Tab');
    await press('Control+a');
    await type(host.name);
    // With no agent the key file is preset.
    await to(/Private key file/);
    // A path is pasted or completed from a shell rather than typed.
    keys += 2;
    await page.keyboard.insertText(host.identityFile);
    await press('Enter');
    const question = page.getByRole('alertdialog');
    await question
      .getByText(/^SHA256:/)
      .first()
      .waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Back');
    await to(/^Trust and add$/);
    await press('Enter');
    await page.getByText(`${host.name} is added`).waitFor();
    await page.getByText('It has everything replication needs.').waitFor();
    await to(/^Done$/);
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('are added and checked with keys for less than a minute', async () => {
    await to(/^Hosts$/);
    await press('Enter');
    await page.getByRole('heading', { name: 'Hosts', level: 1 }).waitFor();
    await add(0);
    await add(1);
    for (const { name } of servers.hosts) await page.getByRole('link', { name }).waitFor();
    const needed = keys * KEY_S + thoughts * THOUGHT_S;
    expect({ keys, thoughts, needed: needed < 60 }).toMatchObject({ needed: true });
    console.info(`two hosts: ${keys} keys and ${thoughts} thoughts, ${needed.toFixed(0)} s`);
  });

  it('are found by a screen reader: every field of the question has a name', async () => {
    await tabTo(page, /^Add host$/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a host' });
    for (const field of ['Address', 'Name in Sluice', 'Private key file'])
      await dialog.getByRole('textbox', { name: field }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('do all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
