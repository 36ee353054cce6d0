/** Sluice in Electron: the thin shell around the engine. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
} from 'electron';
import { toFailure } from '../shared/model/failure.ts';
import { startBackend } from './backend.ts';
import { arrangeEnding } from './desktop/ending.ts';
import { guardAllContents, guardSession } from './desktop/guards.ts';
import { openKeychain } from './desktop/keychain.ts';
import { menuTemplate } from './desktop/menu.ts';
import { SCHEME } from './desktop/origin.ts';
import { offerPort } from './desktop/port.ts';
import { answerRequest, scheme } from './desktop/protocol.ts';
import { selfTest } from './desktop/self-test.ts';
import { openStateStore } from './desktop/state-store.ts';
import { stayAwake } from './desktop/wakefulness.ts';
import { openWindow } from './desktop/window.ts';
import { endOnFault } from './faults.ts';
import { resolveStateDir } from './hosts/state-dir.ts';
import { type LaunchOptions, parseLaunchOptions } from './launch-options.ts';
import { practiceBeside } from './practice-beside.ts';
import { readAssets } from './web/assets.ts';

/** The bundled programs, and the window's files in a folder below. */
const programs = import.meta.dirname;
const developing = !app.isPackaged;

// Everything up to the lock has to happen before the application is ready, so nothing here may wait.
const options = readOptions();
const stateDir = resolveStateDir({ argument: options.stateDir, practice: options.practice });
// Chromium's files, and with them the lock that lets only one Sluice use this state folder.
const profile = path.join(stateDir, 'window');
mkdirSync(profile, { recursive: true, mode: 0o700 });
app.setPath('userData', profile);
// As in build/electron-builder.yml: Windows shows notifications only of what its start menu knows by this name.
app.setAppUserModelId('io.sluice.Sluice');
app.enableSandbox();
protocol.registerSchemesAsPrivileged([scheme]);
guardAllContents(app);

if (app.requestSingleInstanceLock()) {
  run().catch((error: unknown) => {
    const { message, cause, next } = toFailure(error);
    dialog.showErrorBox('Sluice cannot start', [message, cause, next].filter((text) => text !== '').join('\n'));
    app.exit(1);
  });
} else {
  app.quit();
}

/** Electron gives its own program, and outside a package the folder of ours, before the arguments. */
function readOptions(): LaunchOptions {
  const read = parseLaunchOptions(process.argv.slice(developing ? 2 : 1), { tolerant: true });
  if (!read.selfTest || read.stateDir !== null) return read;
  // A self-test touches nothing of the person who runs it.
  return { ...read, stateDir: mkdtempSync(path.join(tmpdir(), 'sluice-self-test-')) };
}

async function run(): Promise<void> {
  await app.whenReady();
  guardSession(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, developing)));
  const assets = await readAssets(path.join(programs, 'renderer'));
  protocol.handle(SCHEME, (request) => answerRequest(assets, request));

  const keychain = await openKeychain(safeStorage, stateDir, process.platform);
  const store = openStateStore(stateDir);
  const beside = practiceBeside(() => startBackend({ ...options, practice: true }, 'electron'));
  const openPractice = async (): Promise<null> => {
    const { router } = await beside.backend();
    const opened = openWindow({ programs, developing, store });
    offerPort(opened.webContents, router);
    ending.watch(opened);
    return null;
  };
  const backend = await startBackend(options, 'electron', keychain, openPractice);
  stayAwake({ blocker: powerSaveBlocker, monitor: powerMonitor }, backend);
  const close = async (): Promise<void> => {
    await Promise.all([backend.close(), beside.close()]);
  };
  const runsUnderWay = () => backend.runsUnderWay() + beside.runsUnderWay();
  const ending = arrangeEnding(app, { runsUnderWay, close }, process.platform);
  endOnFault(close, (status) => app.exit(status));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.now(0));

  let window: BrowserWindow | null = null;
  const open = (answered?: () => void): BrowserWindow => {
    const opened = openWindow({ programs, developing, store });
    offerPort(opened.webContents, backend.router, answered);
    ending.watch(opened);
    opened.on('closed', () => {
      window = null;
    });
    window = opened;
    return opened;
  };
  const show = (): void => {
    const shown = window ?? open();
    if (shown.isMinimized()) shown.restore();
    shown.focus();
  };
  app.on('second-instance', show);
  app.on('activate', show);

  if (!options.selfTest) return void open();
  const { promise: answered, resolve } = Promise.withResolvers<void>();
  const verdict = await selfTest({ window: open(resolve), answered, folder: stateDir });
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
  ending.now(verdict.ok ? 0 : 1);
}
