/**
 * Serves the window to a browser on this computer, and the contract to the window over a WebSocket.
 *
 * Bound to 127.0.0.1 only. What protects it from other pages and other users of this computer: exact Host and Origin,
 * a single-use token in the URL fragment, a session token in the WebSocket's subprotocol; no cookie, since browsers
 * share those between ports.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Contract } from '../../shared/api/contract.ts';
import { SluiceError } from '../../shared/model/failure.ts';
import { Admission } from './admission.ts';
import type { Asset } from './assets.ts';
import { bearerOf, type Refusal, refuseHost, refuseOrigin, refuseUpgrade, type Self, SUBPROTOCOL } from './gate.ts';
import { assetHeaders, commonHeaders, contentPolicy } from './headers.ts';

/** The largest frame a window may send; the largest request, a plan's, is a few kilobytes. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** Answers what the window's files do not, and takes WebSockets that are not ours: Vite, in development. */
export interface Fallback {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  /** @returns true if it took the socket */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

export interface WebOptions {
  readonly router: Router<Contract, Record<never, never>>;
  readonly assets: ReadonlyMap<string, Asset>;
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** See {@link Admission}. */
  readonly lastingSession?: string;
  readonly fallback?: Fallback;
}

export interface WebServer {
  /** Such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** A new address that opens the window once. */
  newAddress(): string;
  /** Hangs up on every window and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts listening.
 *
 * @throws SluiceError `port-unusable`, with the system's code as evidence
 */
export async function startWebServer(options: WebOptions): Promise<WebServer> {
  const admission = new Admission(options.lastingSession);
  const handler = new RPCHandler(options.router);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  const http = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 });
  await listen(http, options.port);
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const self: Self = { host, origin: `http://${host}` };
  const policy = contentPolicy(`ws://${host}`);

  http.on('request', (request, response) => {
    const refusal = answer(request, response);
    if (refusal !== null) refuse(response, refusal);
  });

  function answer(request: IncomingMessage, response: ServerResponse): Refusal | null {
    const badHost = refuseHost(request.headers, self);
    if (badHost !== null) return badHost;
    if (request.url === '/session') return startSession(request, response);
    if (request.url === '/rpc') return { status: 426, reason: 'This path takes WebSockets only.' };
    if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, reason: 'Only GET is answered.' };
    const asset = options.assets.get(request.url ?? '');
    if (asset !== undefined) {
      response.writeHead(200, { ...assetHeaders(asset, policy), 'content-length': asset.body.length });
      response.end(request.method === 'HEAD' ? undefined : asset.body);
    } else if (options.fallback !== undefined) {
      options.fallback.request(request, response);
    } else {
      return { status: 404, reason: 'There is nothing at this path.' };
    }
    return null;
  }

  function startSession(request: IncomingMessage, response: ServerResponse): Refusal | null {
    if (request.method !== 'POST') return { status: 405, reason: 'Only POST is answered.' };
    const badOrigin = refuseOrigin(request.headers, self);
    if (badOrigin !== null) return badOrigin;
    const bootstrap = bearerOf(request.headers);
    if (bootstrap === null) return { status: 401, reason: 'A token is needed.' };
    const token = admission.exchange(bootstrap);
    if (token === null) return { status: 403, reason: 'The token is not known or was used before.' };
    response.writeHead(200, { ...commonHeaders, 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ token }));
    return null;
  }

  http.on('upgrade', (request, socket, head) => {
    // A client that hangs up while it is refused is no fault of this process.
    socket.on('error', () => socket.destroy());
    if (options.fallback?.upgrade(request, socket, head) === true) return;
    const refusal = refuseUpgrade(request, self, (token) => admission.isSession(token));
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      // Emitted for frames that are too large or broken. ws is closing the socket with the right code already; without
      // a listener the error would end this process.
      webSocket.on('error', () => undefined);
      void handler.upgrade(webSocket, { context: {} });
    });
  });

  return {
    origin: self.origin,
    newAddress: () => `${self.origin}/#${admission.issueBootstrap()}`,
    close: async () => {
      const closed = once(http, 'close');
      http.close();
      for (const webSocket of sockets.clients) webSocket.terminate();
      http.closeAllConnections();
      await closed;
    },
  };
}

async function listen(http: Server, port: number): Promise<void> {
  http.listen({ host: '127.0.0.1', port, exclusive: true });
  try {
    await once(http, 'listening');
  } catch (error) {
    throw new SluiceError(
      {
        code: 'port-unusable',
        message: `Port ${port} of this computer cannot be used.`,
        cause: error instanceof Error ? error.message : String(error),
        next: 'Choose another one with --port, or leave it out to take a free one.',
        evidence: { port },
      },
      { cause: error },
    );
  }
}

function refuse(response: ServerResponse, { status, reason }: Refusal): void {
  response.writeHead(status, { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${reason}\n`);
}
