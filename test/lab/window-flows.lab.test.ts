/**
 * What a person does with the window after the first copy, in a real browser, between two hosts with real OpenZFS: updates,
 * packages, encrypted data, a copy that was changed, lines that break, what blocks and how it is solved.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../build/bundle.ts';
import { isStale } from '../../build/stale.mjs';
import { root } from '../../build/steps.ts';
import { type RunningApp, startAppAt } from '../e2e/app.ts';
import { findChromium, launch } from '../e2e/chromium.ts';
import { describeOnFailure, watchedPage } from '../e2e/pages.ts';
import {
  chooseContinued,
  chooseNewCopy,
  chooseSource,
  goTo,
  goToStep,
  pick,
  start,
  untilProved,
} from '../e2e/steps.ts';
import { contentOf, guidOf, property, writeRandom } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';
import type { Link } from './link.ts';
import { Sluice } from './sluice.ts';

/** An account of the test's own on beta, which sudo lets do anything for a password. */
const ADMIN = 'window-admin';

const AT_ALPHA = `
echo correct-horse >/root/winsrc.key
zfs create winsrc/docs; echo 1 >/winsrc/docs/1; zfs snapshot winsrc/docs@a; echo 2 >/winsrc/docs/2; zfs snapshot winsrc/docs@b
zfs create winsrc/tree; zfs create winsrc/tree/in; echo x >/winsrc/tree/in/x; zfs snapshot -r winsrc/tree@s1; zfs snapshot -r winsrc/tree@s2
zfs clone winsrc/docs@a winsrc/tree/clone; zfs snapshot -r winsrc/tree@s3
zfs create -o encryption=on -o keyformat=passphrase -o keylocation=file:///root/winsrc.key winsrc/secret; echo x >/winsrc/secret/x; zfs snapshot winsrc/secret@a
zfs create winsrc/big
`;

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;
let line: Link;
let browser: Browser;
let app: RunningApp;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('winsrc', { sizeMb: 200 });
  await beta.pool('windst', { sizeMb: 200 });
  await alpha.run(AT_ALPHA);
  await writeRandom(alpha, '/winsrc/big/x', 40);
  await alpha.run('zfs snapshot winsrc/big@a');
  await beta.run('zfs create -o quota=5M windst/small');
  await beta.run(`id ${ADMIN} >/dev/null 2>&1 || useradd -m -s /bin/bash ${ADMIN}`);
  await beta.run(['chpasswd'], { input: `${ADMIN}:${beta.password}\n` });
  await beta.run(['tee', '/etc/sudoers.d/window-test'], { input: `${ADMIN} ALL=(ALL) ALL\n` });

  sluice = await Sluice.create();
  line = await beta.link();
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
  await sluice.addHost(beta, { name: 'far', url: `ssh://root@127.0.0.1:${line.port}` });
  await sluice.addHost(beta, { name: 'limited', url: `ssh://${ADMIN}@127.0.0.1:${beta.port}` });
  // Both have half of it already: the window begins where a person's second day does.
  await sluice.run('alpha:winsrc/docs@a', 'beta:windst/docs');

  const found = await findChromium();
  if (typeof found === 'string') throw new Error(`no browser: ${found}`);
  for (const part of ['main', 'window'] as const) if (isStale(root, part)) await bundle(part);
  browser = await launch(found);
  app = await startAppAt({ stateDir: sluice.stateDir });
  ({ page, complaints } = await watchedPage(browser, app.origin));
  page.setDefaultTimeout(90_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(app.address);
  await page.getByRole('heading', { level: 1 }).waitFor();
}, 600_000);
describeOnFailure(() => page ?? null);
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await line?.close();
  await sluice?.dispose();
  await alpha.run('zpool destroy winsrc; rm -f /root/winsrc.key', { allowFailure: true });
  await beta.run(`zpool destroy windst; rm -f /etc/sudoers.d/window-test; userdel -r ${ADMIN}`, { allowFailure: true });
});

const isBlockedBy = async (code: string) => {
  await goToStep(page, /Review/);
  await page.getByRole('heading', { name: /^Blocked/ }).waitFor();
  await page.getByText(code, { exact: true }).first().waitFor();
};

async function update(): Promise<void> {
  await chooseSource(page, /^alpha/, 'winsrc/docs');
  await chooseContinued(page, /^beta/, 'windst/docs');
}

test('brings a copy up to date, and compares both sides file by file', { timeout: 300_000 }, async () => {
  await update();
  await start(page);
  await untilProved(page);
  expect(await guidOf(beta, 'windst/docs@b')).toBe(await guidOf(alpha, 'winsrc/docs@b'));
  await page.getByRole('button', { name: 'Compare both sides…' }).click();
  await page.getByText('Also read every file').click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page
    .getByRole('heading', { name: 'Both sides are equal, by GUID and by the content of every file.' })
    .waitFor();
});

test('sends a replication package whose clone finds its origin there', { timeout: 300_000 }, async () => {
  await chooseSource(page, /^alpha/, 'winsrc/tree');
  await pick(page, 'What is sent together', /Replication package/);
  await chooseNewCopy(page, /^beta/, 'windst', 'tree');
  await start(page);
  await untilProved(page);
  expect(await property(beta, 'origin', 'windst/tree/clone')).toBe('windst/docs@a');
  expect(await guidOf(beta, 'windst/tree/in@s1')).toBe(await guidOf(alpha, 'winsrc/tree/in@s1'));
});

test('sends a self-contained package, its clone in full', { timeout: 300_000 }, async () => {
  await chooseSource(page, /^alpha/, 'winsrc/tree');
  await pick(page, 'What is sent together', /Self-contained/);
  await chooseNewCopy(page, /^beta/, 'windst', 'alone');
  await start(page);
  await untilProved(page);
  expect(await property(beta, 'origin', 'windst/alone/clone')).toBe('-');
  expect(await contentOf(beta, 'windst/alone/clone', 's3')).toBe(await contentOf(alpha, 'winsrc/tree/clone', 's3'));
});

test('sends an encrypted dataset raw', { timeout: 300_000 }, async () => {
  await chooseSource(page, /^alpha/, 'winsrc/secret');
  await chooseNewCopy(page, /^beta/, 'windst', 'secret');
  await start(page);
  await untilProved(page);
  expect(await property(beta, 'keystatus', 'windst/secret')).toBe('unavailable');
  expect(await guidOf(beta, 'windst/secret@a')).toBe(await guidOf(alpha, 'winsrc/secret@a'));
});

test('solves a copy that was changed in each of the three ways', { timeout: 400_000 }, async () => {
  await beta.run(
    'zfs set readonly=off windst/docs; zfs mount windst/docs; echo own >/windst/docs/own; zfs snapshot windst/docs@own',
  );
  await alpha.run('echo 3 >/winsrc/docs/3; zfs snapshot winsrc/docs@c');
  await update();
  await isBlockedBy('destination-diverged');
  await page.getByRole('button', { name: 'Copy to windst/docs-2 instead' }).click();
  await start(page);
  await untilProved(page);
  expect(await guidOf(beta, 'windst/docs-2@c')).toBe(await guidOf(alpha, 'winsrc/docs@c'));

  await update();
  await isBlockedBy('destination-diverged');
  await page.getByRole('button', { name: /^Roll the destination back/ }).click();
  await page.getByRole('button', { name: 'Start…' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('windst/docs@own').first().waitFor();
  await dialog.getByRole('textbox').fill('windst/docs');
  await dialog.getByRole('button', { name: /^Roll back and start/ }).click();
  await untilProved(page);
  expect((await beta.run('zfs list -Ho name -t snapshot windst/docs')).stdout).not.toContain('@own');

  await beta.run(
    'zfs set readonly=off windst/docs; zfs mount windst/docs; echo own >/windst/docs/own; zpool sync windst',
  );
  await alpha.run('zfs snapshot winsrc/docs@d');
  await update();
  await isBlockedBy('destination-changed');
  await page.getByRole('button', { name: /^Rename the old copy/ }).click();
  await start(page);
  await untilProved(page);
  expect(await guidOf(beta, 'windst/docs@d')).toBe(await guidOf(alpha, 'winsrc/docs@d'));
  expect((await beta.run('zfs list -Ho name')).stdout).toMatch(/^windst\/docs-old-/m);
});

test('is cancelled, continued, cut, and goes on by itself', { timeout: 400_000 }, async () => {
  await chooseSource(page, /^alpha/, 'winsrc/big');
  await chooseNewCopy(page, /^far/, 'windst', 'big');
  await goToStep(page, /How/);
  await page.getByText('Limit the bandwidth').click();
  await page.getByRole('textbox', { name: 'At most' }).fill('2.5');
  await start(page);
  const percent = page.getByText(/% of the estimate/);
  await percent.waitFor();
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the transfer' }).click();
  await page.getByRole('heading', { name: 'The run was cancelled' }).waitFor();
  await goTo(page, 'Start');
  await page.getByRole('button', { name: 'Resume' }).click();
  await percent.waitFor();
  await line.cut();
  await untilProved(page);
  expect(await contentOf(beta, 'windst/big', 'a')).toBe(await contentOf(alpha, 'winsrc/big', 'a'));
});

test('is blocked by a quota, and by rights until a press gives them', { timeout: 400_000 }, async () => {
  await chooseSource(page, /^alpha/, 'winsrc/big');
  await chooseNewCopy(page, /^beta/, 'windst', 'small/big');
  await isBlockedBy('no-space');

  await chooseSource(page, /^alpha/, 'winsrc/tree/in');
  await chooseNewCopy(page, /^limited/, 'windst', 'allowed');
  await isBlockedBy('permission-missing');
  await page.getByRole('button', { name: 'Run it on limited' }).first().click();
  const prompt = page.getByRole('dialog', { name: 'limited asks' });
  await prompt.getByText(/sudo zfs allow/).waitFor();
  await prompt.getByLabel(/^Password of/).fill(beta.password);
  await page.keyboard.press('Enter');
  await start(page);
  await untilProved(page);
  expect(await guidOf(beta, 'windst/allowed@s3')).toBe(await guidOf(alpha, 'winsrc/tree/in@s3'));
});

test('does all that without a word on the console', () => expect(complaints).toEqual([]));
