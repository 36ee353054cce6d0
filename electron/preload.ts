/**
 * Runs in the sandboxed window before the page does, and hands it the one port that leads to the main process. Nothing
 * of Electron is exposed to the page.
 */
import { ipcRenderer } from 'electron';

/** Also the page's origin, in electron/desktop/origin.ts; a sandboxed preload cannot share a module with it. */
const ORIGIN = 'app://sluice';

ipcRenderer.on('sluice:port', (event) => {
  if (window.location.origin !== ORIGIN || event.ports.length !== 1) return;
  window.postMessage('sluice:port', ORIGIN, [...event.ports]);
});
