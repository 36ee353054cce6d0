/** Keeps the window's place in the state folder. */
import { ipcMain } from 'electron';
import Store from 'electron-store';
import type { StateStore } from './window.ts';
import type { WindowState } from './window-state.ts';

/** The channel on which electron-store answers any page that asks where its files are. */
const STORE_CHANNEL = 'electron-store-get-data';

/**
 * @param folder the state folder, absolute
 */
export function openStateStore(folder: string): StateStore {
  const store = new Store<{ bounds?: WindowState }>({
    cwd: folder,
    name: 'window',
    // By default the file would be readable for everybody.
    configFileMode: 0o600,
    // Only a place on the screen: a damaged file is not worth a word.
    clearInvalidConfig: true,
  });
  // Nothing in the page uses the store; the main process listens to no channel that a page could send to.
  ipcMain.removeAllListeners(STORE_CHANNEL);
  return {
    read: () => store.get('bounds'),
    write: (state) => store.set('bounds', state),
  };
}
