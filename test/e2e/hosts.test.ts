/** A host's life in the window: offered from ~/.ssh/config, added, its key and its password asked for, changed, removed. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAppAt } from './app.ts';
import { inaccessible } from './axe.ts';
import { expectDialog } from './dialogs.ts';
import { hasBrowser, ownWindow } from './pages.ts';
import { goTo } from './steps.ts';

const PASSWORD = 'Tr0ub4dor';

/** A server that lets in by password and has no programs: enough to be met. @param port 0: one that is free */
async function serve(port: number): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const { private: hostKey } = ssh2.utils.generateKeyPairSync('ed25519');
  const clients = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    clients.add(client);
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
    client.on('authentication', (context) => {
      if (context.method === 'password' && context.password === PASSWORD) context.accept();
      else context.reject(['password']);
    });
    client.on('session', (accept) => {
      accept().on('exec', (acceptExec) => {
        const channel = acceptExec();
        channel.stderr.write('sh: no programs here\n');
        channel.exit(127);
        channel.end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const client of clients) client.end();
        server.close(() => resolve());
      }),
  };
}

describe.skipIf(!hasBrowser)('a host in the window', { timeout: 120_000 }, () => {
  let home: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let page: Page;
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'sluice-home-'));
    server = await serve(0);
    await mkdir(path.join(home, '.ssh'), { mode: 0o700 });
    await writeFile(path.join(home, '.ssh', 'config'), 'Host attic\n');
  });
  const own = ownWindow(() =>
    startAppAt({ environment: { HOME: home, USERPROFILE: home, SSH_AUTH_SOCK: '' }, stateDir: home }),
  );
  beforeAll(() => {
    page = own().page;
  });
  afterAll(async () => {
    await server?.close();
    await rm(home, { recursive: true, force: true });
  });

  it('is offered from ~/.ssh/config', async () => {
    await goTo(page, 'Hosts');
    await page
      .getByRole('button', { name: /~\/\.ssh\/config/ })
      .first()
      .click();
    // Where it leads is asked of this computer's own ssh, which looks into the account's home whatever HOME says.
    const found = page.getByRole('dialog');
    await found.getByText('attic', { exact: true }).waitFor();
    await expectDialog(page, 'ImportDialog');
    await page.keyboard.press('Escape');
    await found.waitFor({ state: 'detached' });
  });

  it('is added: its key is asked about, then its password', async () => {
    await page.getByRole('button', { name: 'Add host' }).first().click();
    const dialog = page.locator('[role=dialog], [role=alertdialog]');
    await dialog.getByRole('textbox', { name: 'Address' }).fill(`admin@127.0.0.1:${server.port}`);
    await dialog.getByRole('textbox', { name: 'Name in Sluice' }).fill('attic');
    await dialog.getByText('The SSH agent, else what the host asks for').click();
    await expectDialog(page, 'AddHostDialog');
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await dialog
      .getByText(/^SHA256:/)
      .first()
      .waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Back');
    await expectDialog(page, 'AddHostDialog');
    await dialog.getByRole('button', { name: 'Trust and add' }).click();

    const login = page.getByRole('dialog', { name: 'attic asks' });
    await login.locator('input[type=password]').fill('wrong');
    await page.keyboard.press('Enter');
    await login.getByText('The previous answer was refused.').waitFor();
    await expectDialog(page, 'PromptDialog');
    await login.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await login.waitFor({ state: 'detached' });
    await dialog.getByText('attic is added').waitFor();
    await dialog.getByText(/Logged in as admin@127\.0\.0\.1/).waitFor();
    await expectDialog(page, 'NewHostChecks');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('is renamed, with notes', async () => {
    await page.getByRole('link', { name: 'attic' }).click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const edit = page.getByRole('dialog', { name: 'Change attic' });
    await edit.getByRole('textbox', { name: 'Name in Sluice' }).fill('loft');
    await edit.getByRole('textbox', { name: 'Notes' }).fill('Under the roof.');
    await expectDialog(page, 'EditHostDialog');
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'loft', level: 1 }).waitFor();
    await page.getByText('Under the roof.').waitFor();
    await page.getByRole('button', { name: 'Duplicate', exact: true }).press('Enter');
    await expectDialog(page, 'DuplicateHostDialog');
    await page.keyboard.press('Escape');
  });

  it('is refused when it shows another key, until that one is taken on purpose', async () => {
    const { port } = server;
    await server.close();
    server = await serve(port);
    await page.getByRole('button', { name: 'Check again' }).click();
    await page
      .getByText(/shows a different host key than the one that was pinned/)
      .first()
      .waitFor();
    expect(await inaccessible(page)).toEqual([]);
    await page.getByRole('button', { name: 'Replace the saved key…' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('Now, ').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Keep the saved key');
    await expectDialog(page, 'ReplaceKeyDialog');
    await question.getByRole('button', { name: 'Replace the saved key' }).click();
    await page.getByText('Logged in as admin@127.0.0.1').waitFor();
  });

  it('is removed, and nothing else', async () => {
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    const question = page.getByRole('alertdialog');
    await expectDialog(page, 'RemoveHostDialog');
    await question.getByRole('button', { name: 'Remove loft' }).click();
    await page.getByRole('heading', { name: 'Hosts', level: 1 }).waitFor();
    await expect.poll(() => page.getByText('loft').count()).toBe(0);
  });

  it('does all that without a word on the console', () => expect(own().complaints).toEqual([]));
});
