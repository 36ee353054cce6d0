import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '../../shared/model/settings.ts';
import { openSettings } from './settings-book.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('begins with the defaults, and keeps what is changed for the next start', () => {
  expect(openSettings(folder).get()).toEqual(defaultSettings);
  const changed = { ...defaultSettings, language: 'de', units: 'si' };
  expect(openSettings(folder).change({ language: 'de', units: 'si' })).toEqual(changed);
  expect(openSettings(folder).get()).toEqual(changed);
});

it('sets a file aside that is no JSON, and goes on', () => {
  writeFileSync(path.join(folder, 'settings.json'), '{ "settings": ');
  expect(openSettings(folder).get()).toEqual(defaultSettings);
  expect(existsSync(path.join(folder, 'settings.damaged.json'))).toBe(true);
});
