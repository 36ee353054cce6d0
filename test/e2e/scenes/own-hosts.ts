/**
 * Hosts of one's own: none yet, added, changed, removed; a line that is silent, lost, cut under a transfer. They are the
 * practice hosts of another Sluice, reached as any host is, through links that can be frozen.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Link } from '../../lab/link.ts';
import { type RunningApp, startAppAt } from '../app.ts';
import type { ContractClient } from '../contract-client.ts';
import { chooseNewCopy, chooseSource, goTo, limitTo, start } from '../steps.ts';
import type { Camera } from './camera.ts';

/** Long enough for some bytes to have arrived, ms. */
const ON_ITS_WAY_MS = 4000;

/** Where the practice hosts listen, and the key that they let in. */
interface Lent {
  readonly ports: { readonly laptop: number; readonly backupbox: number };
  readonly identityFile: string;
  readonly client: ContractClient;
}

/** @param practice that is running; its hosts are lent, and in the end broken. @param client of its window */
export async function ownHosts(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
  practice: RunningApp,
  client: ContractClient,
  picture: Camera,
): Promise<void> {
  const hosts = await client.hosts.list();
  const portOf = (name: string): number => {
    const address = hosts.find((host) => host.name === name)?.address;
    if (address?.kind !== 'ssh') throw new Error(`there is no practice host ${name}`);
    return address.port;
  };
  const lent = {
    ports: { laptop: portOf('laptop'), backupbox: portOf('backupbox') },
    identityFile: path.join(practice.stateDir, 'practice', 'id_ed25519'),
    client,
  };
  const home = await mkdtemp(path.join(tmpdir(), 'sluice-home-'));
  await mkdir(path.join(home, '.ssh'), { mode: 0o700 });
  await writeFile(path.join(home, '.ssh', 'config'), 'Host attic\n  User admin\nHost cellar\n  Port 2222\n');
  const app = await startAppAt({ environment: { HOME: home, USERPROFILE: home, SSH_AUTH_SOCK: '' }, stateDir: home });
  const page = await (await browser.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
  try {
    await page.goto(app.address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await nothingYet(page, app.origin, picture);
    const link = await Link.open(lent.ports.laptop);
    try {
      await addHost(page, 'nas', link.port, lent, picture);
      await addHost(page, 'vault', lent.ports.backupbox, lent, null);
      await changeHost(page, app.origin, picture);
      await silence(page, app.origin, link, picture);
      await cutTransfer(page, link, lent, picture);
      await app.stop();
      await page.getByText('Reconnecting…').waitFor();
      await picture(page, 'offline');
    } finally {
      await link.close();
    }
  } finally {
    await app.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** Every page before there is anything on it. */
async function nothingYet(page: Page, origin: string, picture: Camera): Promise<void> {
  await picture(page, 'first-start');
  for (const name of ['Replicate', 'Explore', 'History', 'Hosts']) {
    await goTo(page, name);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(/^Reading/).waitFor({ state: 'detached' });
    await picture(page, `empty-${name.toLowerCase()}`);
  }
  await page
    .getByRole('button', { name: /~\/\.ssh\/config/ })
    .first()
    .click();
  await page.getByRole('dialog').getByText('attic', { exact: true }).waitFor();
  await picture(page, 'import-hosts');
  await page.keyboard.press('Escape');
  await page.goto(`${origin}/#/practice`);
  await page.getByRole('button', { name: 'Try it with practice hosts' }).waitFor();
  await picture(page, 'practice-none');
}

async function addHost(page: Page, name: string, port: number, lent: Lent, picture: Camera | null): Promise<void> {
  await goTo(page, 'Hosts');
  await page.getByRole('button', { name: 'Add host' }).first().click();
  const dialog = page.locator('[role=dialog], [role=alertdialog]');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('root@nas:many');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await picture?.(page, 'add-host');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`root@127.0.0.1:${port}`);
  await dialog.getByRole('textbox', { name: 'Name in Sluice' }).fill(name);
  await dialog.getByText('A private key file').click();
  await dialog.getByRole('textbox', { name: 'Private key file' }).fill(lent.identityFile);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog
    .getByText(/^SHA256:/)
    .first()
    .waitFor();
  await picture?.(page, 'host-key');
  await dialog.getByRole('button', { name: 'Trust and add' }).click();
  await dialog.getByText(`${name} is added`).waitFor();
  await dialog.getByText('It has everything replication needs.').waitFor();
  await picture?.(page, 'host-added');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The dialogs of a host's page; nothing is changed. */
async function changeHost(page: Page, origin: string, picture: Camera): Promise<void> {
  await page.goto(`${origin}/#/hosts/nas`);
  await page.getByRole('button', { name: 'Check again' }).waitFor();
  await picture(page, 'own-host');
  for (const button of ['Change', 'Duplicate', 'Remove']) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.locator('[role=dialog], [role=alertdialog]').waitFor();
    await picture(page, `host-${button.toLowerCase()}`);
    await page.keyboard.press('Escape');
  }
}

/** A host that says nothing, then one that is not there. */
async function silence(page: Page, origin: string, link: Link, picture: Camera): Promise<void> {
  link.cut();
  link.freeze();
  await page.goto(`${origin}/#/explore/nas`);
  // What was read before would be shown meanwhile.
  await page.reload();
  await page
    .getByText(/^Reading/)
    .first()
    .waitFor();
  await picture(page, 'explore-reading');
  await page.goto(`${origin}/#/hosts/nas`);
  await page.getByRole('button', { name: 'Check again' }).click();
  await picture(page, 'host-checking');
  link.refuse(true);
  link.thaw();
  link.cut();
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('button', { name: 'Check again' }).and(page.locator(':enabled')).waitFor();
  await picture(page, 'host-not-reached');
  await page.goto(`${origin}/#/explore/nas`);
  await page.getByRole('button', { name: 'Try again' }).first().waitFor();
  await picture(page, 'explore-failed');
  link.refuse(false);
}

/** A transfer whose line is lost for a while, then for good: the host shows another key. */
async function cutTransfer(page: Page, link: Link, lent: Lent, picture: Camera): Promise<void> {
  await chooseSource(page, /nas/, 'tank/photos');
  await chooseNewCopy(page, /vault/, 'backup', 'cut');
  await limitTo(page, '8');
  await start(page);
  await page.getByText(/% of the estimate/).waitFor();
  await page.waitForTimeout(ON_ITS_WAY_MS);
  link.refuse(true);
  link.cut();
  await page
    .getByText(/^Next try in/)
    .first()
    .waitFor();
  await picture(page, 'transfer-retrying');
  await lent.client.practice.break({ what: 'change-host-key', host: 'laptop' as never });
  link.refuse(false);
  await page.getByRole('heading', { name: /^The run (failed|was interrupted)/ }).waitFor({ timeout: 120_000 });
  await picture(page, 'run-failed');
}
