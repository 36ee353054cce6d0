/** Where the window's page lives: a scheme of our own, so that no file:// page and no server is involved. */
export const SCHEME = 'app';
export const HOST = 'sluice';
/** The page's origin, which preload.ts repeats. */
export const ORIGIN = `${SCHEME}://${HOST}`;
/** The page itself. */
export const PAGE = `${ORIGIN}/`;

/**
 * True if an address belongs to the window. It is parsed: `app://sluice.example/` starts like ours.
 *
 * URL.origin is "null" for schemes that only Chromium knows to be standard, so its parts are compared.
 */
export function isOurs(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return (
    url !== null && url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === ''
  );
}

const BLOB = 'blob:';

/** True if an address is that of a text which the window made itself, to be saved: `blob:app://sluice/…`. */
export const isOurText = (address: string): boolean => address.startsWith(BLOB) && isOurs(address.slice(BLOB.length));
