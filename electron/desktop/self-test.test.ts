import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as stub from '../../test/electron-stub.ts';
import { proveThread, selfTest, showsSomething } from './self-test.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-self-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const drawn = new Uint8Array([0, 0, 0, 255, 9, 9, 9, 255]);

function windowThatShows(bitmap: Uint8Array): stub.BrowserWindow {
  const window = new stub.BrowserWindow({});
  return Object.assign(window, {
    webContents: Object.assign(window.webContents, {
      capturePage: async () => ({ toBitmap: () => bitmap, toPNG: () => Buffer.from('picture') }),
    }),
  });
}

function start(window: stub.BrowserWindow, answered: Promise<void>) {
  return selfTest({ window: window as unknown as BrowserWindow, answered, folder });
}

describe('selfTest', () => {
  it('is content with a page that loads, calls and draws', async () => {
    const window = windowThatShows(drawn);
    const verdict = start(window, Promise.resolve());
    window.webContents.emit('did-finish-load');
    const picture = path.join(folder, 'self-test.png');
    const none = { window: null, contract: null, thread: null, picture: null };
    expect(await verdict).toMatchObject({ ok: true, faults: none, picture, node: process.versions.node });
    expect(await readFile(picture, 'utf8')).toBe('picture');
  });

  it('tells what failed, each on its own', async () => {
    const window = windowThatShows(new Uint8Array(64));
    const verdict = start(window, Promise.reject(new Error('no answer')));
    window.webContents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND');
    expect(await verdict).toMatchObject({
      ok: false,
      faults: {
        window: 'ERR_FILE_NOT_FOUND (-6)',
        contract: 'no answer',
        thread: null,
        picture: 'the window is of one colour',
      },
      picture: null,
    });
  });

  it('tells of a preload that does not run', async () => {
    const window = windowThatShows(drawn);
    const verdict = start(window, Promise.resolve());
    window.webContents.emit('preload-error', {}, 'preload.cjs', new Error('SyntaxError'));
    expect((await verdict).faults.window).toBe('SyntaxError');
  });
});

describe('showsSomething', () => {
  it('needs two pixels that differ', () => {
    expect(showsSomething(drawn)).toBe(true);
    expect(showsSomething(new Uint8Array(64).fill(7))).toBe(false);
    expect(showsSomething(new Uint8Array(0))).toBe(false);
  });
});

describe('proveThread', () => {
  it('finds the thread that carries bytes', async () => {
    await expect(proveThread()).resolves.toBeUndefined();
  });
});
