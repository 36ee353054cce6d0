/**
 * What a window may not do: go elsewhere, open others, embed pages, load from the network, save what is not its own, be
 * granted permissions.
 */
import type { App, Session, WebContents } from 'electron';
import { isOurs, isOurText, SCHEME } from './origin.ts';

/** What the page asks the system for: *Copy* beside commands and fingerprints, and a word when a run has ended. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

/**
 * @param permission as Electron names it
 * @param address of whoever asks
 */
export function isGranted(permission: string, address: string): boolean {
  return GRANTED.has(permission) && isOurs(address);
}

/**
 * True if something may be loaded: the window's own files, pictures inside them and texts that it made; the developer tools'
 * own files.
 */
export function mayLoad(address: string): boolean {
  const protocol = URL.canParse(address) ? new URL(address).protocol : '';
  if (protocol === `${SCHEME}:`) return isOurs(address);
  return protocol === 'data:' || protocol === 'devtools:' || isOurText(address);
}

/** Denies a session everything by default. */
export function guardSession(session: Session): void {
  // null first: a handler of an earlier version of the page may have granted something that is still remembered.
  session.setPermissionRequestHandler(null);
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(isGranted(permission, details.requestingUrl ?? contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url) }));
  session.on('will-download', (event, item) => {
    if (!isOurText(item.getURL())) return event.preventDefault();
    // Electron asks where to save, proposes the folder of last time and the file's name, and would show the blob's address above.
    item.setSaveDialogOptions({ title: item.getFilename() });
  });
}

/** Keeps a page where it is, and alone. */
export function guardContents(contents: WebContents): void {
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(name as 'will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Guards every page the application will ever make. */
export function guardAllContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}
