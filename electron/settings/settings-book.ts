/** The person's settings, in `settings.json` of the state folder. Damage costs the settings it is in, nothing else. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type Settings, type SettingsChange } from '../../shared/model/settings.ts';
import { isDamage, openStateFile } from '../state-file.ts';

export interface SettingsBook {
  get(): Settings;
  /** @returns all settings after the change */
  change(change: SettingsChange): Settings;
}

const open = (stateDir: string) => openStateFile(stateDir, 'settings', { settings: {} }, 'throw');

/** What the file held stays beside it for whoever wants to look. */
function openUndamaged(stateDir: string): ReturnType<typeof open> {
  const file = join(stateDir, 'settings.json');
  try {
    return open(stateDir);
  } catch (thrown) {
    if (!isDamage(thrown) || !existsSync(file)) throw thrown;
    renameSync(file, join(stateDir, 'settings.damaged.json'));
    return open(stateDir);
  }
}

/** @param stateDir an absolute path of a folder that exists */
export function openSettings(stateDir: string): SettingsBook {
  const store = openUndamaged(stateDir);
  return {
    get: () => readSettings(store.get('settings')),
    change(change) {
      const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const after = readSettings({ ...readSettings(store.get('settings')), ...known });
      store.set('settings', after);
      return after;
    },
  };
}
