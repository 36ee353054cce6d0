/**
 * Stands in for Electron where the shell around the engine is tested under Node: it records what it is asked for and
 * lets a test play the part of Chromium. Only what electron/desktop uses is here.
 */
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { BrowserWindowConstructorOptions, MessageBoxSyncOptions, Rectangle } from 'electron';

/** The page's side, as far as the main process sees it. */
export class WebContentsStub extends EventEmitter {
  url = '';
  /** What was posted to the preload. */
  readonly posted: { channel: string; ports: readonly unknown[] }[] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;

  getURL(): string {
    return this.url;
  }
  postMessage(channel: string, _message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ channel, ports });
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  /** The window that a person looks at; null: none. */
  static focused: BrowserWindow | null = null;
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.focused;
  }

  readonly webContents = new WebContentsStub();
  readonly calls: string[] = [];

  readonly options: BrowserWindowConstructorOptions;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.calls.push(`load ${url}`);
  }
  show(): void {
    this.calls.push('show');
  }
  maximize(): void {
    this.calls.push('maximize');
  }
  isMaximized(): boolean {
    return this.calls.includes('maximize');
  }
  isDestroyed(): boolean {
    return false;
  }
  getNormalBounds(): Rectangle {
    return { x: 10, y: 20, width: 1100, height: 700 };
  }
}

export class MessageChannelMain {
  readonly port1;
  readonly port2;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = port1;
    this.port2 = port2;
  }
}

class App extends EventEmitter {
  exits: number[] = [];
  quits = 0;

  quit(): void {
    this.quits += 1;
  }
  exit(status: number): void {
    this.exits.push(status);
  }
  getPath(): string {
    return '/nowhere';
  }
  getVersion(): string {
    return '0.0.0';
  }
}

export const app = new App();
export const ipcMain = new EventEmitter();
export const screen = {
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
  getAllDisplays() {
    return this.displays;
  },
};
export const dialog = {
  asked: [] as MessageBoxSyncOptions[],
  /** Number of the button that is pressed. */
  answer: 0,
  /** The window over which it was asked last; null: it stood alone. */
  over: null as unknown,
  showMessageBoxSync(...given: [MessageBoxSyncOptions] | [unknown, MessageBoxSyncOptions]): number {
    const [over, options] = given.length === 1 ? [null, given[0]] : given;
    this.over = over;
    this.asked.push(options);
    return this.answer;
  },
};
export const shell = {};
export default { app, ipcMain, shell };
