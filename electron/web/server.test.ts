import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '../../shared/api/contract.ts';
import { type TinyRouter, tinyRouter } from '../../test/tiny-router.ts';
import type { Asset } from './assets.ts';
import { MAX_FRAME_BYTES, startWebServer, type WebServer } from './server.ts';

const page: Asset = { body: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' };
const script: Asset = { body: Buffer.from('export {}'), type: 'text/javascript; charset=utf-8' };
const assets = new Map([
  ['/', page],
  ['/index.html', page],
  ['/assets/main.js', script],
]);

const open: { close(): unknown }[] = [];
let tiny: TinyRouter;
let server: WebServer;
let port: number;

async function start(): Promise<WebServer> {
  const started = await startWebServer({ router: tiny.router, assets, port: 0 });
  open.push(started);
  return started;
}

beforeEach(async () => {
  tiny = tinyRouter();
  server = await start();
  port = Number(new URL(server.origin).port);
});
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A request as written, without the tidying that fetch() does to paths and headers. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const request = httpRequest({ host: '127.0.0.1', port, path, method, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks = await response.toArray();
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

function tokenOf(address: string): string {
  return new URL(address).hash.slice(1);
}

function post(bootstrap: string, headers: Record<string, string> = { origin: server.origin }): Promise<Answer> {
  return ask('/session', { ...headers, authorization: `Bearer ${bootstrap}` }, 'POST');
}

async function newSession(): Promise<string> {
  const { status, body } = await post(tokenOf(server.newAddress()));
  expect(status).toBe(200);
  return (JSON.parse(body) as { token: string }).token;
}

interface SocketOptions {
  readonly path?: string;
  readonly origin?: string;
  readonly host?: string;
  readonly protocols?: string[];
}

/** Opens a WebSocket; resolves with it, or with the HTTP status of the refusal. */
function socket(options: SocketOptions): Promise<WebSocket | number> {
  const headers = options.host === undefined ? {} : { host: options.host };
  const webSocket = new WebSocket(`ws://127.0.0.1:${port}${options.path ?? '/rpc'}`, options.protocols ?? [], {
    origin: options.origin ?? server.origin,
    headers,
  });
  return new Promise((resolve, reject) => {
    webSocket.on('open', () => {
      open.push({ close: () => webSocket.terminate() });
      resolve(webSocket);
    });
    webSocket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    webSocket.on('error', reject);
  });
}

async function openSocket(session: string): Promise<WebSocket> {
  const opened = await socket({ protocols: ['sluice', session] });
  if (typeof opened === 'number') throw new Error(`refused with ${opened}`);
  return opened;
}

function clientOf(webSocket: WebSocket): ContractRouterClient<Contract> {
  // The browser's WebSocket type and that of ws differ in event types that the link does not look at.
  return createORPCClient(new RPCLink({ websocket: webSocket as unknown as globalThis.WebSocket }));
}

describe('the address', () => {
  it('is on 127.0.0.1 only, with 256 bits in the fragment', () => {
    const address = new URL(server.newAddress());
    expect(address.hostname).toBe('127.0.0.1');
    expect(address.search).toBe('');
    expect(Buffer.from(tokenOf(address.href), 'base64url')).toHaveLength(32);
  });

  it('is new each time', () => {
    expect(server.newAddress()).not.toBe(server.newAddress());
  });
});

describe('the window’s files', () => {
  it('are served under a strict policy', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body).toBe('<!doctype html>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
    );
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answer HEAD without a body and refuse other methods', async () => {
    expect(await ask('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask('/', {}, method)).status).toBe(405);
  });

  it.each([
    '/missing.js',
    '/assets',
    '/assets/',
    '/../package.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/..\\..\\package.json',
    '//etc/passwd',
    '/__proto__',
    '/constructor',
    '/assets/main.js?x',
    '/assets/main.js%00.html',
  ])('are found by their exact path only: not %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it.each(['localhost', 'attacker.example', '127.0.0.1', '[::1]'])('are not for Host %s', async (name) => {
    const suffix = name === '127.0.0.1' ? '' : `:${port}`;
    expect((await ask('/', { host: `${name}${suffix}` })).status).toBe(421);
  });
});

describe('starting a session', () => {
  it('takes a bootstrap token once', async () => {
    const bootstrap = tokenOf(server.newAddress());
    const first = await post(bootstrap);
    expect(first.status).toBe(200);
    expect((JSON.parse(first.body) as { token: string }).token).not.toBe(bootstrap);
    expect((await post(bootstrap)).status).toBe(403);
  });

  it('refuses no token, a wrong token and a token of another server', async () => {
    expect((await ask('/session', { origin: server.origin }, 'POST')).status).toBe(401);
    expect((await post('A'.repeat(43))).status).toBe(403);
    expect((await post(tokenOf((await start()).newAddress()))).status).toBe(403);
  });

  it('refuses a foreign Host, another Origin and none, and leaves the token unused', async () => {
    const bootstrap = tokenOf(server.newAddress());
    expect((await post(bootstrap, { host: `localhost:${port}`, origin: server.origin })).status).toBe(421);
    expect((await post(bootstrap, { origin: 'http://attacker.example' })).status).toBe(403);
    expect((await post(bootstrap, { origin: 'null' })).status).toBe(403);
    expect((await post(bootstrap, {})).status).toBe(403);
    expect((await post(bootstrap)).status).toBe(200);
  });

  it('does not take a token from a query, nor by GET', async () => {
    const bootstrap = tokenOf(server.newAddress());
    expect((await ask(`/session?token=${bootstrap}`, { origin: server.origin }, 'POST')).status).toBe(405);
    expect((await ask('/session', { origin: server.origin, authorization: `Bearer ${bootstrap}` })).status).toBe(405);
    expect((await post(bootstrap)).status).toBe(200);
  });
});

describe('a server that is started again with its lasting session', () => {
  it('knows the windows that were open before', async () => {
    const lastingSession = 'L'.repeat(43);
    await server.close();
    open.splice(0);
    server = await startWebServer({ router: tiny.router, assets, port, lastingSession });
    open.push(server);
    expect(await newSession()).toBe(lastingSession);
    await server.close();
    open.splice(0);
    server = await startWebServer({ router: tiny.router, assets, port, lastingSession });
    open.push(server);
    expect(await clientOf(await openSocket(lastingSession)).hosts.list()).toEqual([]);
  });
});

describe('opening the socket', () => {
  it('works with a session token, again after a reload, and for a second window', async () => {
    const session = await newSession();
    const first = await openSocket(session);
    expect(first.protocol).toBe('sluice');
    expect(first.extensions).toBe('');
    const second = await openSocket(session);
    first.close();
    await once(first, 'close');
    const third = await openSocket(session);
    expect(await clientOf(second).hosts.list()).toEqual([]);
    expect(await clientOf(third).hosts.list()).toEqual([]);
  });

  it('refuses a foreign Host with 421', async () => {
    const protocols = ['sluice', await newSession()];
    expect(await socket({ protocols, host: `attacker.example:${port}` })).toBe(421);
    expect(await socket({ protocols, host: `localhost:${port}` })).toBe(421);
  });

  it('refuses another Origin with 403', async () => {
    const protocols = ['sluice', await newSession()];
    for (const origin of ['http://attacker.example', `http://localhost:${port}`, `https://127.0.0.1:${port}`, 'null']) {
      expect(await socket({ protocols, origin })).toBe(403);
    }
  });

  it('refuses no token, a wrong token, a bootstrap token and a token of another server', async () => {
    const other = await start();
    expect(await socket({ protocols: ['sluice'] })).toBe(403);
    expect(await socket({ protocols: ['sluice', 'A'.repeat(43)] })).toBe(403);
    expect(await socket({ protocols: ['sluice', tokenOf(server.newAddress())] })).toBe(403);
    expect(await socket({ protocols: ['sluice', tokenOf(other.newAddress())] })).toBe(403);
  });

  it('refuses another subprotocol and a token in the query', async () => {
    const session = await newSession();
    expect(await socket({ protocols: [] })).toBe(400);
    expect(await socket({ protocols: [session, 'sluice'] })).toBe(400);
    expect(await socket({ protocols: ['sluice', session, 'more'] })).toBe(400);
    expect(await socket({ protocols: ['sluice'], path: `/rpc?token=${session}` })).toBe(404);
    expect(await socket({ protocols: ['sluice', session], path: '/other' })).toBe(404);
  });

  it('answers plain HTTP at its path with 426', async () => {
    expect((await ask('/rpc')).status).toBe(426);
  });

  it('outlives a client that hangs up in the middle', async () => {
    const raw = connect(port, '127.0.0.1');
    await once(raw, 'connect');
    raw.write(`GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    raw.resetAndDestroy();
    expect((await ask('/')).status).toBe(200);
  });
});

describe('the contract over the socket', () => {
  let webSocket: WebSocket;
  let client: ContractRouterClient<Contract>;
  const run = '20261122-000000-abcd';

  beforeEach(async () => {
    webSocket = await openSocket(await newSession());
    client = clientOf(webSocket);
  });

  it('answers calls', async () => {
    expect(await client.app.info()).toMatchObject({ shell: 'browser' });
  });

  it('carries a Failure whole', async () => {
    await expect(client.hosts.check({ name: 'nowhere' })).rejects.toMatchObject({
      code: 'SLUICE',
      defined: true,
      data: { code: 'host-unknown', next: 'Add it first.' },
    });
  });

  it('streams events until the window has enough', async () => {
    const texts: string[] = [];
    for await (const event of await client.runs.watch({ run })) {
      if (event.event === 'message') texts.push(event.text);
      if (texts.length === 3) break;
    }
    expect(texts).toEqual(['line 0', 'line 1', 'line 2']);
    await expect.poll(() => tiny.watching()).toBe(0);
  });

  it('ends a stream whose window has gone', async () => {
    const events = await client.runs.watch({ run });
    await events.next();
    expect(tiny.watching()).toBe(1);
    webSocket.terminate();
    await expect.poll(() => tiny.watching()).toBe(0);
  });

  it('refuses input that is not what the contract says', async () => {
    await expect(client.hosts.check({ name: '../etc' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([['app', 'quit'], ['__proto__'], ['constructor', 'constructor'], ['runs', 'watch', 'handler']])(
    'refuses a method that is not in the contract: %s',
    async (...path) => {
      const procedure = path.reduce<unknown>(
        (part, key) => (part as Record<string, unknown>)[key],
        createORPCClient(new RPCLink({ websocket: webSocket as unknown as globalThis.WebSocket })),
      );
      await expect((procedure as () => Promise<unknown>)()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('hangs up on a frame that is too large, and goes on serving', async () => {
    webSocket.send('x'.repeat(MAX_FRAME_BYTES + 1));
    const [code] = (await once(webSocket, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await clientOf(await openSocket(await newSession())).hosts.list()).toEqual([]);
  });

  it('outlives a frame that means nothing', async () => {
    const complaint = vi.spyOn(console, 'error').mockReturnValue();
    webSocket.send('{"not": "a call"}');
    webSocket.send('\0\0\0');
    expect(await client.hosts.list()).toEqual([]);
    expect(complaint).toHaveBeenCalledTimes(2);
    complaint.mockRestore();
  });
});

describe('closing', () => {
  it('hangs up on windows and stops listening', async () => {
    const webSocket = await openSocket(await newSession());
    const closed = once(webSocket, 'close');
    await server.close();
    await closed;
    await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    open.splice(0);
  });

  it('says so if the port is taken', async () => {
    await expect(startWebServer({ router: tiny.router, assets, port })).rejects.toMatchObject({
      failure: { code: 'port-unusable', cause: expect.stringContaining('EADDRINUSE') },
    });
  });
});
