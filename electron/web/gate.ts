/** Decides which requests may pass, from their headers alone. */
import type { IncomingMessage } from 'node:http';

/** The subprotocol that the server answers with; the client names it first and its session token second. */
export const SUBPROTOCOL = 'sluice';

/** What a server calls itself: `127.0.0.1:4000` and `http://127.0.0.1:4000`. */
export interface Self {
  readonly host: string;
  readonly origin: string;
}

/** An HTTP status and why, for the body of the refusal. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 421 | 426;
  readonly reason: string;
}

type Headers = IncomingMessage['headers'];

/**
 * Refuses a name that merely resolves to this computer (DNS rebinding): only the address that was printed will do.
 */
export function refuseHost(headers: Headers, self: Self): Refusal | null {
  return headers.host === self.host ? null : { status: 421, reason: 'This is not the address Sluice is at.' };
}

/** Refuses pages of other origins. A browser always sends Origin with what is asked for here. */
export function refuseOrigin(headers: Headers, self: Self): Refusal | null {
  return headers.origin === self.origin ? null : { status: 403, reason: 'Requests of other pages are not answered.' };
}

/**
 * Decides over a WebSocket that wants to be opened.
 *
 * @param isSession whether a token was issued by this server
 */
export function refuseUpgrade(
  request: Pick<IncomingMessage, 'url' | 'headers'>,
  self: Self,
  isSession: (token: string) => boolean,
): Refusal | null {
  const badHost = refuseHost(request.headers, self);
  if (badHost !== null) return badHost;
  // The exact path: a token in a query would end up in logs and histories, so none is looked for there.
  if (request.url !== '/rpc') return { status: 404, reason: 'There is nothing at this path.' };
  const badOrigin = refuseOrigin(request.headers, self);
  if (badOrigin !== null) return badOrigin;
  const [name, token, ...more] = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((item) => item.trim());
  if (name !== SUBPROTOCOL || more.length > 0) return { status: 400, reason: 'The subprotocol is not known.' };
  if (token === undefined || !isSession(token)) return { status: 403, reason: 'The token is not known.' };
  return null;
}

/** The token of an `Authorization: Bearer` header, null if there is none. */
export function bearerOf(headers: Headers): string | null {
  return /^Bearer ([A-Za-z0-9_-]{16,})$/.exec(headers.authorization ?? '')?.[1] ?? null;
}
