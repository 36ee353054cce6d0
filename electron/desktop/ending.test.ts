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

function closeWindow(ending: Ending): boolean {
  const window = new stub.BrowserWindow({});
  ending.watch(window as unknown as BrowserWindow);
  const event = { preventDefault: vi.fn() };
  window.emit('close', event);
  return event.preventDefault.mock.calls.length === 0;
}

describe('closing the window', () => {
  it('asks nothing while nothing runs', () => {
    expect(closeWindow(arrangeEnding(app as App, backend, 'linux'))).toBe(true);
    expect(asked.asked).toEqual([]);
  });

  it('asks while something runs, and goes on unless told otherwise', () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, 'linux');
    expect(closeWindow(ending)).toBe(false);
    asked.answer = 1;
    expect(closeWindow(ending)).toBe(true);
    expect(asked.asked).toHaveLength(2);
  });

  it('asks on macOS only if the application ends with it', () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, 'darwin');
    expect(closeWindow(ending)).toBe(true);
    recorded.emit('before-quit');
    expect(closeWindow(ending)).toBe(false);
    // The answer was to go on, so the application no longer ends.
    expect(closeWindow(ending)).toBe(true);
  });

  it('offers going on first, for Enter and Escape', () => {
    expect(question(2)).toMatchObject({ message: '2 transfers are under way.', defaultId: 0, cancelId: 0 });
    expect(question(1).buttons?.[0]).toBe('Go on transferring');
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
    await vi.waitFor(() => expect(recorded.exits).toEqual([0]));
    expect(close).toHaveBeenCalledOnce();
  });

  it('comes without a question and with the wanted status', async () => {
    underWay = 1;
    const ending = arrangeEnding(app as App, backend, 'linux');
    ending.now(1);
    expect(recorded.quits).toBe(1);
    expect(closeWindow(ending)).toBe(true);
    expect(asked.asked).toEqual([]);
    recorded.emit('will-quit', { preventDefault: vi.fn() });
    await vi.waitFor(() => expect(recorded.exits).toEqual([1]));
  });
});
