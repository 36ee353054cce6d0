import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAssets } from './assets.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-assets-'));
  await writeFile(path.join(folder, 'index.html'), 'page');
});
afterEach(() => rm(folder, { recursive: true }));

describe('readAssets', () => {
  it('lists every file by its URL path, and the page under /', async () => {
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'assets', 'main.js'), 'script');
    const assets = await readAssets(folder);
    expect([...assets].map(([name, { body, type }]) => [name, body.toString(), type]).sort()).toEqual([
      ['/', 'page', 'text/html; charset=utf-8'],
      ['/assets/main.js', 'script', 'text/javascript; charset=utf-8'],
      ['/index.html', 'page', 'text/html; charset=utf-8'],
    ]);
  });

  it('refuses a file of an unknown kind', async () => {
    await writeFile(path.join(folder, 'notes.exe'), '');
    await expect(readAssets(folder)).rejects.toThrow('no content type');
  });

  it.each(['an empty folder', 'no folder'])('says that the window was not built for %s', async (what) => {
    await rm(path.join(folder, 'index.html'));
    const asked = what === 'no folder' ? path.join(folder, 'missing') : folder;
    await expect(readAssets(asked)).rejects.toMatchObject({ failure: { code: 'window-not-built' } });
  });
});
