/** Ending the application: not by mistake while something runs, and never without closing the engine. */
import { type App, type BrowserWindow, dialog, type MessageBoxSyncOptions } from 'electron';
import type { Backend } from '../backend.ts';

/** What a person is asked who ends Sluice while it transfers. The first answer, and the one for Escape, is to go on. */
export function question(underWay: number): MessageBoxSyncOptions {
  return {
    type: 'question',
    title: 'Sluice',
    message: underWay === 1 ? 'A transfer is under way.' : `${underWay} transfers are under way.`,
    detail: 'If Sluice ends now, what has arrived is kept, and the transfer can be resumed from there later.',
    buttons: ['Go on transferring', 'End Sluice'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}

export interface Ending {
  /** Makes a window ask before it closes, where that would end the application. */
  watch(window: BrowserWindow): void;
  /** Ends the application without asking: a signal, a finished self-test. */
  now(status: number): void;
}

/**
 * @param platform as process.platform; on macOS an application outlives its window
 */
export function arrangeEnding(
  app: App,
  backend: Pick<Backend, 'runsUnderWay' | 'close'>,
  platform: NodeJS.Platform,
): Ending {
  let quitting = false;
  let asking = true;
  let status = 0;
  let closing = false;

  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin' || quitting) app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    backend.close().finally(() => app.exit(status));
  });

  return {
    watch(window) {
      window.on('close', (event) => {
        const underWay = backend.runsUnderWay();
        if (!asking || underWay === 0 || (platform === 'darwin' && !quitting)) return;
        if (dialog.showMessageBoxSync(window, question(underWay)) === 1) return;
        quitting = false;
        event.preventDefault();
      });
    },
    now(wanted) {
      asking = false;
      status = wanted;
      app.quit();
    },
  };
}
