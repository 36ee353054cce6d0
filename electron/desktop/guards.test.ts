import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { App, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { WebContentsStub } from '../../test/electron-stub.ts';
import { guardAllContents, guardContents, guardSession, isGranted, mayLoad } from './guards.ts';
import { isOurs, isOurText } from './origin.ts';

const strangers = [
  'https://example.com/',
  'http://127.0.0.1:4000/',
  'file:///etc/passwd',
  'app://sluice.example/',
  'app://sluice@example.com/',
  'app://user@sluice/',
  'app://other/',
  'app:sluice',
  'javascript:alert(1)',
  'about:blank',
  '',
  'null',
];

describe('isOurs', () => {
  it('knows the page by scheme and host', () => {
    expect(isOurs('app://sluice/')).toBe(true);
    expect(isOurs('app://sluice/assets/main.js?x#y')).toBe(true);
  });

  it.each(strangers)('does not take %j for it', (address) => {
    expect(isOurs(address)).toBe(false);
  });
});

describe('isOurText', () => {
  it('knows what the page made', () => {
    expect(isOurText('blob:app://sluice/8f0e-41')).toBe(true);
  });

  it.each([
    'app://sluice/',
    'blob:',
    'blob:blob:app://sluice/8f0e-41',
    ...strangers.map((address) => `blob:${address}`),
  ])('does not take %j for it', (address) => {
    expect(isOurText(address)).toBe(false);
  });
});

const granted = ['clipboard-sanitized-write', 'notifications'];

describe('isGranted', () => {
  it('lets the page copy and notify, and nothing else', () => {
    for (const permission of granted) {
      expect(isGranted(permission, 'app://sluice/')).toBe(true);
      expect(isGranted(permission, 'app://sluice')).toBe(true);
    }
    for (const permission of ['clipboard-read', 'media', 'geolocation', 'openExternal', 'fileSystem']) {
      expect(isGranted(permission, 'app://sluice/')).toBe(false);
    }
  });

  it.each(strangers)('grants %j nothing', (address) => {
    for (const permission of granted) expect(isGranted(permission, address)).toBe(false);
  });
});

describe('mayLoad', () => {
  it('keeps the window off the network', () => {
    expect(mayLoad('app://sluice/assets/main.js')).toBe(true);
    expect(mayLoad('data:image/png;base64,AA==')).toBe(true);
    expect(mayLoad('blob:app://sluice/8f0e-41')).toBe(true);
    expect(mayLoad('blob:https://example.com/8f0e-41')).toBe(false);
    expect(mayLoad('devtools://devtools/bundled/inspector.html')).toBe(true);
    for (const address of strangers) expect(mayLoad(address)).toBe(false);
    expect(mayLoad('ws://127.0.0.1:1/')).toBe(false);
  });
});

/** A session that keeps the handlers it is given. */
class SessionStub extends EventEmitter {
  request: unknown[] = [];
  check: ((contents: null, permission: string, origin: string) => boolean) | null = null;
  device: (() => boolean) | null = null;
  beforeRequest: ((details: { url: string }, answer: (response: { cancel: boolean }) => void) => void) | null = null;
  readonly webRequest = {
    onBeforeRequest: (listener: SessionStub['beforeRequest']) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: unknown): void {
    this.request.push(handler);
  }
  setPermissionCheckHandler(handler: SessionStub['check']): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: SessionStub['device']): void {
    this.device = handler;
  }
}

describe('guardSession', () => {
  const session = new SessionStub();
  guardSession(session as unknown as Session);
  const contents = { getURL: () => 'app://sluice/' };

  it('forgets earlier grants, then answers requests', () => {
    expect(session.request).toHaveLength(2);
    expect(session.request[0]).toBeNull();
    const handler = session.request[1] as (
      from: typeof contents,
      permission: string,
      answer: (granted: boolean) => void,
      details: { requestingUrl?: string },
    ) => void;
    const answer = vi.fn();
    handler(contents, 'clipboard-sanitized-write', answer, {});
    handler(contents, 'media', answer, { requestingUrl: 'app://sluice/' });
    handler(contents, 'clipboard-sanitized-write', answer, { requestingUrl: 'https://example.com/' });
    handler(contents, 'notifications', answer, { requestingUrl: 'app://sluice/' });
    handler(contents, 'notifications', answer, { requestingUrl: 'https://example.com/' });
    expect(answer.mock.calls).toEqual([[true], [false], [false], [true], [false]]);
  });

  it('answers checks and devices', () => {
    expect(session.check?.(null, 'clipboard-sanitized-write', 'app://sluice')).toBe(true);
    expect(session.check?.(null, 'notifications', 'app://sluice')).toBe(true);
    expect(session.check?.(null, 'notifications', 'https://example.com')).toBe(false);
    expect(session.check?.(null, 'media', 'app://sluice')).toBe(false);
    expect(session.device?.()).toBe(false);
  });

  it.each<[string, boolean]>([
    ['blob:app://sluice/8f0e-41', true],
    ['blob:https://example.com/8f0e-41', false],
    ['app://sluice/assets/main.js', false],
    ['https://example.com/setup.exe', false],
  ])('lets a person save what the page made, and nothing else: %s', (address, isLet) => {
    const event = { preventDefault: vi.fn() };
    const item = { getURL: () => address, getFilename: () => 'receipt.json', setSaveDialogOptions: vi.fn() };
    session.emit('will-download', event, item);
    expect(event.preventDefault).toHaveBeenCalledTimes(isLet ? 0 : 1);
    expect(item.setSaveDialogOptions.mock.calls).toEqual(isLet ? [[{ title: 'receipt.json' }]] : []);
  });

  it('cancels what is not the window’s', () => {
    const answers: boolean[] = [];
    for (const url of ['app://sluice/', 'https://example.com/']) {
      session.beforeRequest?.({ url }, ({ cancel }) => answers.push(cancel));
    }
    expect(answers).toEqual([false, true]);
  });
});

describe('guardContents', () => {
  const contents = new WebContentsStub();
  const app = new EventEmitter();
  guardAllContents(app as App);
  app.emit('web-contents-created', {}, contents);

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('keeps the page where it is: %s', (name) => {
    for (const url of strangers) {
      const event = { url, preventDefault: vi.fn() };
      contents.emit(name, event);
      expect(event.preventDefault).toHaveBeenCalledOnce();
    }
    const event = { url: 'app://sluice/', preventDefault: vi.fn() };
    contents.emit(name, event);
    expect(event.preventDefault).not.toHaveBeenCalled();
  });

  it('embeds nothing and opens nothing', () => {
    const event = { preventDefault: vi.fn() };
    contents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
    expect(contents.windowOpenHandler?.({ url: 'app://sluice/' })).toEqual({ action: 'deny' });
  });

  it('can be put on a page directly', () => {
    const other = new WebContentsStub();
    guardContents(other as unknown as WebContents);
    expect(other.windowOpenHandler).not.toBeNull();
  });
});

describe('the sources', () => {
  // Put together here, so that this file does not hold the words itself.
  const loosening = [
    'web' + 'Security',
    'allowRunning' + 'InsecureContent',
    'experimental' + 'Features',
    'enableBlink' + 'Features',
  ];
  const leavingThePage = ['open' + 'External', 'open' + 'Path', 'remote' + 'Module', 'expose' + 'InMainWorld'];
  const listening = ['ipcMain.' + 'on(', 'ipcMain.' + 'handle('];

  it('hold none of the switches that loosen a window, and listen to no page', async () => {
    const folder = path.dirname(import.meta.filename);
    const files = (await readdir(folder)).map((name) => path.join(folder, name));
    files.push(path.join(folder, '..', 'main.ts'), path.join(folder, '..', 'preload.ts'));
    for (const file of files.filter((name) => !name.endsWith('.test.ts'))) {
      const source = await readFile(file, 'utf8');
      for (const word of [...loosening, ...leavingThePage, ...listening]) expect(source, file).not.toContain(word);
    }
  });
});
