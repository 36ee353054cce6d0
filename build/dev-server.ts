/** The main process of `npm run dev`: the contract and Vite's development server behind one origin. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { createServer as createViteServer } from 'vite';
import { startBackend } from '../electron/backend.ts';
import { endOnFault } from '../electron/faults.ts';
import { parseLaunchOptions } from '../electron/launch-options.ts';
import { openBrowser } from '../electron/web/open-browser.ts';
import { startWebServer } from '../electron/web/server.ts';
import { root } from './steps.ts';

/** What the watching process hands over; never on a command line. */
export interface DevServerSecrets {
  readonly session: string;
  /** The port used before a restart, so that open windows find it again; 0 at first. */
  readonly port: number;
}

export interface DevServerStarted {
  readonly port: number;
}

const [secrets] = (await once(process, 'message')) as [DevServerSecrets];
const options = parseLaunchOptions(process.argv.slice(2));
const backend = await startBackend(options, 'browser');
endOnFault(
  () => backend.close(),
  (status) => process.exit(status),
);
// Vite listens for its own WebSockets on a server; this one never listens, and is told of those that are Vite's.
const hotReload = createServer();
const vite = await createViteServer({
  configFile: path.join(root, 'build', 'vite.config.ts'),
  server: { middlewareMode: true, ws: { server: hotReload } },
  appType: 'spa',
});
const web = await startWebServer({
  router: backend.router,
  // Nothing but Vite serves the window here, and without the content policy: hot reload needs inline styles and scripts.
  assets: new Map(),
  port: secrets.port || options.port,
  lastingSession: secrets.session,
  fallback: {
    request: vite.middlewares,
    upgrade: (request, socket, head) => {
      if (request.headers['sec-websocket-protocol'] !== 'vite-hmr') return false;
      return hotReload.emit('upgrade', request, socket, head);
    },
  },
});
process.send?.({ port: Number(new URL(web.origin).port) } satisfies DevServerStarted);
process.stdout.write(`Sluice is at ${web.newAddress()}\n`);
if (secrets.port === 0 && options.open) await openBrowser(web.newAddress());

async function close(): Promise<void> {
  await vite.close();
  await web.close();
  await backend.close();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
