/** Makes the one window. */
import path from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { PAGE } from './origin.ts';
import { webPreferences } from './web-preferences.ts';
import { MINIMUM, placementOf, type WindowState } from './window-state.ts';

/** Where the window's place is kept. */
export interface StateStore {
  read(): unknown;
  write(state: WindowState): void;
}

export interface WindowOptions {
  /** Folder that holds the bundled programs. */
  readonly programs: string;
  readonly developing: boolean;
  readonly store: StateStore;
}

/**
 * Opens the window and shows it once it has something to show.
 *
 * @returns the window; its page is still loading, so listeners can be added
 */
export function openWindow({ programs, developing, store }: WindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const { maximized, ...bounds } = placementOf(store.read(), workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    title: 'Sluice',
    // Where no installed package gives the window one: Linux, and a checkout.
    icon: path.join(programs, 'icon.png'),
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(programs, developing),
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => store.write({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // The runs live in this process and go on; the page finds them again. 'clean-exit' is the window being closed.
    if (reason !== 'clean-exit' && !window.isDestroyed()) void load(window);
  });
  void load(window);
  return window;
}

/** A load that is overtaken by another, or by the window's end, rejects; there is nothing to do about either. */
function load(window: BrowserWindow): Promise<void> {
  return window.loadURL(PAGE).catch(() => undefined);
}
