/** The preferences of every window there is. */
import path from 'node:path';
import type { WebPreferences } from 'electron';

/**
 * Stated in full although most are Electron's defaults, so that a later default changes nothing. Preferences that
 * loosen the web's own rules are never set at all.
 *
 * @param programs folder that holds the bundled preload
 * @param developing true outside a packaged application: developer tools can be opened
 */
export function webPreferences(programs: string, developing: boolean): Readonly<WebPreferences> {
  return Object.freeze({
    preload: path.join(programs, 'preload.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: developing,
  });
}
