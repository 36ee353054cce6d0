import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, openerFor, redirectPage } from './open-browser.ts';

describe('openerFor', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['linux', {}, undefined],
    ['linux', { DISPLAY: '' }, undefined],
    ['linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: 'a' }, 'xdg-open'],
    ['darwin', {}, 'open'],
    ['darwin', { SSH_CONNECTION: 'a' }, undefined],
    ['win32', {}, 'explorer.exe'],
    ['aix', {}, undefined],
  ] as const)('on %s with %j is %s', (platform, environment, program) => {
    expect(openerFor(platform, environment)?.program).toBe(program);
  });
});

describe('redirectPage', () => {
  it('leads to the address and cannot be broken out of', () => {
    expect(redirectPage('http://127.0.0.1:1/#abc')).toContain('content="0; url=http://127.0.0.1:1/#abc"');
    expect(redirectPage('"><script>')).not.toContain('<script>');
  });
});

// Windows has no script that could stand in for explorer.exe.
describe.skipIf(process.platform === 'win32')('openBrowser', () => {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-opener-'));
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    vi.stubEnv('DISPLAY', ':99');
    vi.stubEnv('SSH_CONNECTION', '');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('hands over a private page and keeps the token out of the argument list', async () => {
    const seen = path.join(folder, 'seen');
    await writeFile(
      path.join(folder, program),
      `#!/bin/sh\necho "$#:$1" > '${seen}.new'\nmv '${seen}.new' '${seen}'\n`,
    );
    await chmod(path.join(folder, program), 0o755);
    const opened = await openBrowser('http://127.0.0.1:1/#secret');
    const argument = await vi.waitFor(() => readFile(seen, 'utf8'), { timeout: 10_000 });
    expect(argument).toMatch(/^1:/);
    expect(argument).not.toContain('secret');
    const page = argument.trim().slice(2);
    expect(await readFile(page, 'utf8')).toContain('http://127.0.0.1:1/#secret');
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(page))).mode & 0o777).toBe(0o700);
    await opened?.forget();
    await expect(stat(path.dirname(page))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('does not mind that the opener is missing', async () => {
    vi.stubEnv('PATH', folder);
    const opened = await openBrowser('http://127.0.0.1:1/#secret');
    await opened?.forget();
  });

  it('opens nothing without a display', async () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    vi.stubEnv('SSH_CONNECTION', '10.0.0.1 1 10.0.0.2 22');
    expect(await openBrowser('http://127.0.0.1:1/#secret')).toBeNull();
  });
});
