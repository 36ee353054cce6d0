/** The person's settings, in `settings.json` of the state folder. Damage costs the settings it is in, nothing else. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { readSettings, type Settings, type SettingsChange } from '../../shared/model/settings.ts';

/** The version of the file's format, not of the application. */
const FORMAT = '1.0.0';

export interface SettingsBook {
  get(): Settings;
  /** @returns all settings after the change */
  change(change: SettingsChange): Settings;
}

function open(stateDir: string): Conf<{ settings: unknown }> {
  return new Conf<{ settings: unknown }>({
    cwd: stateDir,
    configName: 'settings',
    configFileMode: 0o600,
    // Its other way of dealing with damage is to empty the file.
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    projectVersion: FORMAT,
    migrations: {},
    defaults: { settings: {} },
  });
}

/** @param stateDir an absolute path of a folder that exists */
export function openSettings(stateDir: string): SettingsBook {
  const file = join(stateDir, 'settings.json');
  let store: Conf<{ settings: unknown }>;
  try {
    store = open(stateDir);
  } catch (thrown) {
    // conf: "The config file `…` is not valid JSON." Anything else (no right to read) is no damage.
    if (!(thrown instanceof SyntaxError) || !existsSync(file)) throw thrown;
    renameSync(file, join(stateDir, 'settings.damaged.json'));
    store = open(stateDir);
  }
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
