/**
 * `sluice --self-test`: proves on a machine with a display that the window opens sandboxed, that its page reaches the
 * contract over the port, and that something is drawn. Prints one JSON verdict.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { startRelay } from '../transfer/relay.ts';

/** Milliseconds for all of it; a cold start on a slow machine takes a few seconds. */
const LIMIT_MS = 30_000;

export interface Verdict {
  readonly ok: boolean;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** Each thing that was tried; null if it holds, else why not. */
  readonly faults: Readonly<Record<'window' | 'contract' | 'thread' | 'picture', string | null>>;
  /** File that holds the picture of the window; null if there is none. */
  readonly picture: string | null;
}

/**
 * @param bitmap pixels, four bytes each
 * @returns true if not all pixels are the same
 */
export function showsSomething(bitmap: Uint8Array): boolean {
  for (let offset = 4; offset + 3 < bitmap.length; offset += 4) {
    for (let channel = 0; channel < 4; channel += 1) {
      if (bitmap[offset + channel] !== bitmap[channel]) return true;
    }
  }
  return false;
}

export interface SelfTest {
  readonly window: BrowserWindow;
  /** Resolves with the first call of the page that the contract answered. */
  readonly answered: Promise<void>;
  /** Where the picture goes. */
  readonly folder: string;
}

/** Tries everything, also after something failed. */
export async function selfTest({ window, answered, folder }: SelfTest): Promise<Verdict> {
  const loaded = new Promise<void>((resolve, reject) => {
    window.webContents.once('did-finish-load', () => resolve());
    window.webContents.once('did-fail-load', (_event, code, reason) => reject(new Error(`${reason} (${code})`)));
    window.webContents.once('preload-error', (_event, _file, error) => reject(error));
  });
  const file = path.join(folder, 'self-test.png');
  const faults = {
    window: await faultOf(loaded),
    contract: await faultOf(answered),
    thread: await faultOf(proveThread()),
    picture: await faultOf(takePicture(window, file)),
  };
  return {
    ok: Object.values(faults).every((fault) => fault === null),
    electron: process.versions.electron ?? '',
    chromium: process.versions.chrome ?? '',
    node: process.versions.node,
    faults,
    picture: faults.picture === null ? file : null,
  };
}

async function takePicture(window: BrowserWindow, file: string): Promise<void> {
  const image = await window.webContents.capturePage();
  if (!showsSomething(image.toBitmap())) throw new Error('the window is of one colour');
  await writeFile(file, image.toPNG(), { mode: 0o600 });
}

/**
 * Starts the thread that carries bytes, out of the packed application if this is one, with a relay between two hosts
 * that are not there: that it says so proves that it was found, loaded all it needs, and can talk to this process.
 */
export async function proveThread(): Promise<void> {
  const target = { user: 'nobody', host: '127.0.0.1', port: 1, identityFile: null, hostKey: '', hostName: 'nowhere' };
  const part = { endpoint: { kind: 'ssh', target }, command: wireCommand(['true']) } as const;
  const { fault } = await startRelay({ source: part, destination: part, limit: null }, { onMeter: () => undefined })
    .done;
  if (fault === null || fault.code === 'relay-crashed') throw new Error(fault?.cause ?? 'a relay to nowhere succeeded');
}

/** Null if a promise is kept in time, else why not. */
async function faultOf(promise: Promise<unknown>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came of it in ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  try {
    await Promise.race([promise, late]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
