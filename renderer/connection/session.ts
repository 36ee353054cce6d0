/**
 * The key to the main process in a browser: a single-use token comes in the address's fragment, is exchanged for a
 * session token, and leaves the address at once (fragments are kept in histories and shown over shoulders).
 */
const SESSION_KEY = 'sluice.session';

/**
 * Takes a token out of a URL fragment. A fragment that starts with `#/` is a page of the window, not a token.
 * @returns the token, or null where the fragment holds none
 */
export function tokenIn(fragment: string): string | null {
  const text = fragment.replace(/^#/, '');
  return /^[A-Za-z0-9_-]{16,}$/.test(text) ? text : null;
}

/**
 * Reads the bootstrap token of the address and erases it from the address and its history entry.
 * @param page the fragment that stands there instead
 */
export function takeBootstrapToken(page = ''): string | null {
  const token = tokenIn(location.hash);
  if (token !== null) history.replaceState(null, '', `${location.pathname}${location.search}${page}`);
  return token;
}

export function savedSession(): string | null {
  return sessionStorage.getItem(SESSION_KEY);
}

export function forgetSession(): void {
  sessionStorage.removeItem(SESSION_KEY);
}

/**
 * Exchanges a bootstrap token for a session token and keeps it for this tab.
 * @returns false if the main process does not know the token, or it was used before
 * @throws TypeError where nobody answers
 */
export async function exchange(bootstrap: string): Promise<boolean> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { authorization: `Bearer ${bootstrap}` },
    cache: 'no-store',
  });
  if (!answer.ok) return false;
  const body: unknown = await answer.json();
  if (typeof body !== 'object' || body === null || !('token' in body) || typeof body.token !== 'string') return false;
  sessionStorage.setItem(SESSION_KEY, body.token);
  return true;
}
