/** Ending the application: not by mistake while something runs, and never without closing the engine. */
import { type App, BrowserWindow, dialog, type MessageBoxSyncOptions } from 'electron';
import type { Backend } from '../backend.ts';

/**
 * Milliseconds that closing the engine may take before the application ends all the same; its runs can be resumed. Hosts that
 * went silent are waited for longer than this.
 */
const CLOSING_MS = 10_000;

/** What a person is asked who ends Sluice while it transfers. The first answer, and the one for Escape, is to go on. */
export function question(underWay: number): MessageBoxSyncOptions {
  return {
    type: 'question',
    title: 'Sluice',
    message: underWay === 1 ? 'A transfer is under way.' : `${underWay} transfers are under way.`,
    detail: 'If Sluice quits now, what has arrived is kept, and the transfer can be resumed from there later.',
    buttons: ['Keep transferring', 'Quit Sluice'],
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
  const open = new Set<BrowserWindow>();
  let quitting = false;
  /** True once a person said yes, or nobody is to be asked: what follows is the end, so it is not asked again. */
  let decided = false;
  let status = 0;
  let closing = false;

  const mayEnd = (window: BrowserWindow | null): boolean => {
    const underWay = backend.runsUnderWay();
    if (decided || underWay === 0) return true;
    const asked = question(underWay);
    const answer = window === null ? dialog.showMessageBoxSync(asked) : dialog.showMessageBoxSync(window, asked);
    decided = answer === 1;
    return decided;
  };

  // Asked here and not by each window: once, also where none is open, and before any of them has closed.
  app.on('before-quit', (event) => {
    quitting = mayEnd(BrowserWindow.getFocusedWindow());
    if (!quitting) event.preventDefault();
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin' || quitting) app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const end = (): void => app.exit(status);
    const timer = setTimeout(end, CLOSING_MS);
    backend.close().finally(() => {
      clearTimeout(timer);
      end();
    });
  });

  return {
    watch(window) {
      open.add(window);
      window.on('closed', () => open.delete(window));
      window.on('close', (event) => {
        const endsAll = platform !== 'darwin' && open.size === 1;
        if (!quitting && endsAll && !mayEnd(window)) event.preventDefault();
      });
    },
    now(wanted) {
      decided = true;
      status = wanted;
      app.quit();
    },
  };
}
