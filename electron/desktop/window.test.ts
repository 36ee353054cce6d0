import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ipcMain } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrowserWindow as BrowserWindowStub } from '../../test/electron-stub.ts';
import { openStateStore } from './state-store.ts';
import { webPreferences } from './web-preferences.ts';
import { openWindow, type StateStore } from './window.ts';
import { placementOf, type WindowState } from './window-state.ts';

const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];
const saved: WindowState = { x: 100, y: 50, width: 1200, height: 700, maximized: false };

describe('webPreferences', () => {
  const preferences = webPreferences('/app/dist', false);

  it('are a sandboxed, isolated page without Node, to the last word', () => {
    expect(preferences).toEqual({
      preload: path.join('/app/dist', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(preferences)).toBe(true);
  });

  it('have developer tools only outside a package', () => {
    expect(webPreferences('/app/dist', true).devTools).toBe(true);
  });
});

describe('placementOf', () => {
  it('puts the window back where it was', () => {
    expect(placementOf(saved, screens)).toEqual(saved);
    expect(placementOf({ ...saved, x: 2000 }, screens)).toMatchObject({ x: 2000 });
  });

  it.each([
    ['a screen that was unplugged', { x: 2000, y: 50 }],
    ['above the screen', { x: 100, y: -20 }],
    ['below the screen', { x: 100, y: 1070 }],
    ['left of the screen', { x: -1190, y: 50 }],
  ])('lets the system choose instead of %s', (_where, place) => {
    expect(placementOf({ ...saved, ...place }, screens.slice(0, 1))).toEqual({
      width: 1200,
      height: 700,
      maximized: false,
    });
  });

  it.each([undefined, null, 'x', {}, { ...saved, width: 10 }, { ...saved, x: 0.5 }])('ignores %j', (state) => {
    expect(placementOf(state, screens)).toEqual({ width: 1280, height: 800, maximized: false });
  });
});

class Memory implements StateStore {
  state: WindowState | undefined;
  read(): unknown {
    return this.state;
  }
  write(state: WindowState): void {
    this.state = state;
  }
}

describe('openWindow', () => {
  const store = new Memory();
  function open(): BrowserWindowStub {
    return openWindow({ programs: '/app/dist', developing: false, store }) as unknown as BrowserWindowStub;
  }

  it('makes a window with the preferences, hidden until it has something to show', () => {
    const window = open();
    expect(window.options.webPreferences).toEqual(webPreferences('/app/dist', false));
    expect(window.options.show).toBe(false);
    expect(window.calls).toEqual(['load app://sluice/']);
    window.emit('ready-to-show');
    expect(window.calls).toEqual(['load app://sluice/', 'show']);
  });

  it('remembers its place', () => {
    open().emit('close', {});
    expect(store.state).toEqual({ x: 10, y: 20, width: 1100, height: 700, maximized: false });
    store.state = { ...saved, maximized: true };
    const window = open();
    expect(window.options).toMatchObject({ x: 100, y: 50, width: 1200, height: 700 });
    window.emit('ready-to-show');
    expect(window.calls).toContain('maximize');
  });

  it('loads the page again after it crashed, not after it was closed', () => {
    const window = open();
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window.calls).toHaveLength(1);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.calls).toEqual(['load app://sluice/', 'load app://sluice/']);
  });
});

describe('openStateStore', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-store-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps the state in a file of its owner’s', async () => {
    openStateStore(folder).write(saved);
    expect(openStateStore(folder).read()).toEqual(saved);
    if (process.platform !== 'win32') {
      expect((await stat(path.join(folder, 'window.json'))).mode & 0o777).toBe(0o600);
    }
  });

  it('begins anew if the file is damaged', async () => {
    await writeFile(path.join(folder, 'window.json'), '{');
    expect(openStateStore(folder).read()).toBeUndefined();
  });

  it('leaves no channel open that a page could send to', () => {
    openStateStore(folder);
    expect(ipcMain.eventNames()).toEqual([]);
  });
});
