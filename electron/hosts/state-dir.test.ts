import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareStateDir, resolveStateDir, type StateDirQuestion } from './state-dir.ts';

const ask = (changes: Partial<StateDirQuestion>): string =>
  resolveStateDir({ argument: null, practice: false, env: {}, platform: 'linux', home: '/home/u', ...changes });

describe('the state folder', () => {
  it.each<[string, Partial<StateDirQuestion>, string]>([
    ['Linux', {}, '/home/u/.config/sluice'],
    ['Linux with XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: '/data/config' } }, '/data/config/sluice'],
    [
      'Linux with a relative XDG_CONFIG_HOME, which is invalid',
      { env: { XDG_CONFIG_HOME: 'x' } },
      '/home/u/.config/sluice',
    ],
    ['FreeBSD', { platform: 'freebsd' }, '/home/u/.config/sluice'],
    ['macOS', { platform: 'darwin', home: '/Users/u' }, '/Users/u/Library/Application Support/Sluice'],
    [
      'Windows',
      { platform: 'win32', home: 'C:\\Users\\u', env: { APPDATA: 'C:\\Users\\u\\AppData\\Roaming' } },
      'C:\\Users\\u\\AppData\\Roaming\\Sluice',
    ],
    ['Windows without APPDATA', { platform: 'win32', home: 'C:\\Users\\u' }, 'C:\\Users\\u\\AppData\\Roaming\\Sluice'],
    ['practice', { practice: true }, '/home/u/.config/sluice/practice'],
  ])('%s', (_, changes, expected) => {
    expect(ask(changes)).toBe(expected);
  });

  it('is the variable rather than the platform’s, and the argument rather than the variable', () => {
    const env = { SLUICE_STATE_DIR: resolve('/from/env'), XDG_CONFIG_HOME: '/xdg' };
    expect(ask({ env })).toBe(resolve('/from/env'));
    expect(ask({ env, argument: 'relative' })).toBe(resolve('relative'));
    expect(ask({ env: { SLUICE_STATE_DIR: '' } })).toBe('/home/u/.config/sluice');
  });

  describe('on disk', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'sluice-state-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('is made for its owner only, with its parents', async () => {
      const wanted = join(folder, 'a', 'b');
      expect(await prepareStateDir({ argument: wanted, practice: true })).toBe(join(wanted, 'practice'));
      if (process.platform !== 'win32') expect(statSync(join(wanted, 'practice')).mode & 0o777).toBe(0o700);
      expect(await prepareStateDir({ argument: wanted, practice: true })).toBe(join(wanted, 'practice'));
    });

    it('says so when it cannot be made', async () => {
      writeFileSync(join(folder, 'file'), '');
      const attempt = prepareStateDir({ argument: join(folder, 'file', 'sub'), practice: false });
      await expect(attempt).rejects.toMatchObject({ failure: { code: 'state-dir-unusable' } });
      expect(existsSync(join(folder, 'file', 'sub'))).toBe(false);
    });
  });
});
