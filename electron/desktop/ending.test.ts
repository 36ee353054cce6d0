import { type App, app, type BrowserWindow, dialog } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as stub from '../../test/electron-stub.ts';
import { tinyRouter } from '../../test/tiny-router.ts';
import { arrangeEnding, type Ending, question } from './ending.ts';

// The alias makes both names the same objects; the stub's types know what it records.
const recorded = app as unknown as typeof stub.app;
const asked = dialog as unknown as typeof stub.dialog;

let underWay = 0;
const close = vi.fn(async () => undefined);
const backend = { router: tinyRouter().router, runsUnderWay: () => underWay, close };

beforeEach(() => {
  underWay = 0;
  close.mockClear();
  recorded.exits = [];
  recorded.quits = 0;
  asked.asked = [];
  asked.answer = 0;
});
afterEach(() => {
  recorded.removeAllListeners();
});

function openWindow(ending: Ending): stub.BrowserWindow {
  const window = new stub.BrowserWindow({});
  ending.watch(window as unknown as BrowserWindow);
  return window;
}

/** @returns false if it was kept from closing */
function closeWindow(window: stub.BrowserWindow): boolean {
  const event = { preventDefault: vi.fn() };
  window.emit('close', event);
  if (event.preventDefault.mock.calls.length > 0) return false;
  window.emit('closed');
  return true;
}

/** As Electron does it: `windows` are closed unless the quit is stopped before. @returns false if the application goes on */
function quit(windows: readonly stub.BrowserWindow[]): boolean {
  const event = { preventDefault: vi.fn() };
  recorded.emit('before-quit', event);
  return event.preventDefault.mock.calls.length === 0 && windows.map(closeWindow).every((isClosed) => isClosed);
}

describe('closing the window', () => {
  it('asks nothing while nothing runs', () => {
    expect(closeWindow(openWindow(arrangeEnding(app as App, backend, 'linux')))).toBe(true);
    expect(asked.asked).toEqual([]);
  });

  it('asks while something runs, and goes on unless told otherwise', () => {
    underWay = 1;
    const window = openWindow(arrangeEnding(app as App, backend, 'linux'));
    expect(closeWindow(window)).toBe(false);
    asked.answer = 1;
    expect(closeWindow(window)).toBe(true);
    expect(asked.asked).toHaveLength(2);
    // Without a window Electron quits by itself: no third question.
    expect(quit([])).toBe(true);
    expect(asked.asked).toHaveLength(2);
  });

  it('asks only for the last one, with which the application would end', () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, 'linux');
    const [real, practice] = [openWindow(ending), openWindow(ending)];
    expect(closeWindow(practice)).toBe(true);
    expect(asked.asked).toEqual([]);
    expect(closeWindow(real)).toBe(false);
    expect(asked.asked).toHaveLength(1);
  });

  it('never asks on macOS, where the application outlives it', () => {
    underWay = 1;
    expect(closeWindow(openWindow(arrangeEnding(app as App, backend, 'darwin')))).toBe(true);
    expect(asked.asked).toEqual([]);
  });

  it('offers going on first, for Enter and Escape', () => {
    expect(question(2)).toMatchObject({ message: '2 transfers are under way.', defaultId: 0, cancelId: 0 });
    expect(question(1).buttons?.[0]).toBe('Keep transferring');
  });
});

describe.each(['linux', 'darwin'] as const)('quitting on %s', (platform) => {
  it('asks once for all windows, and closes none of them if the answer is to go on', () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, platform);
    const windows = [openWindow(ending), openWindow(ending)];
    expect(quit(windows)).toBe(false);
    expect(asked.asked).toHaveLength(1);
    asked.answer = 1;
    expect(quit(windows)).toBe(true);
    expect(asked.asked).toHaveLength(2);
  });

  it('asks over the window in front, and alone where there is none', () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, platform);
    stub.BrowserWindow.focused = openWindow(ending);
    expect(quit([])).toBe(false);
    expect(asked.over).toBe(stub.BrowserWindow.focused);
    stub.BrowserWindow.focused = null;
    expect(quit([])).toBe(false);
    expect(asked.over).toBeNull();
    expect(asked.asked).toHaveLength(2);
  });
});

describe('the end', () => {
  it('comes with the last window, on macOS only when asked for', () => {
    arrangeEnding(app as App, backend, 'linux');
    recorded.emit('window-all-closed');
    expect(recorded.quits).toBe(1);
    recorded.removeAllListeners();
    arrangeEnding(app as App, backend, 'darwin');
    recorded.emit('window-all-closed');
    expect(recorded.quits).toBe(1);
  });

  it('waits for the engine, once', async () => {
    arrangeEnding(app as App, backend, 'linux');
    const event = { preventDefault: vi.fn() };
    recorded.emit('will-quit', event);
    recorded.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
    await expect.poll(() => recorded.exits).toEqual([0]);
    expect(close).toHaveBeenCalledOnce();
  });

  it('waits no longer than it has to for an engine that hangs', () => {
    vi.useFakeTimers();
    try {
      close.mockReturnValueOnce(new Promise(() => {}));
      arrangeEnding(app as App, backend, 'linux');
      recorded.emit('will-quit', { preventDefault: vi.fn() });
      vi.advanceTimersByTime(9_000);
      expect(recorded.exits).toEqual([]);
      vi.advanceTimersByTime(1_000);
      expect(recorded.exits).toEqual([0]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('comes without a question and with the wanted status', async () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, 'linux');
    ending.now(1);
    expect(recorded.quits).toBe(1);
    expect(quit([openWindow(ending)])).toBe(true);
    expect(asked.asked).toEqual([]);
    recorded.emit('will-quit', { preventDefault: vi.fn() });
    await expect.poll(() => recorded.exits).toEqual([1]);
  });
});
