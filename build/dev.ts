/**
 * `npm run dev`: the window from its sources with hot reload, the main process from its sources, restarted when one of
 * them changes. Takes the arguments of `npm start`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';
import { newToken } from '../electron/web/admission.ts';
import type { DevServerSecrets, DevServerStarted } from './dev-server.ts';
import { root } from './steps.ts';

/** Milliseconds without another change before the restart: editors write several files at once. */
const SETTLE_MS = 150;

// The same over restarts, so that the window that is open can reconnect.
const session = newToken();
let port = 0;
let server: ChildProcess | null = null;
let settling: NodeJS.Timeout | undefined;

function start(): void {
  const child = fork(path.join(root, 'build', 'dev-server.ts'), process.argv.slice(2), { stdio: 'inherit' });
  server = child;
  // Over the channel between the two processes: argument lists and environments can be read by others.
  child.send({ session, port } satisfies DevServerSecrets);
  child.on('message', (message: DevServerStarted) => {
    port = message.port;
  });
  child.on('exit', (status) => {
    if (server !== child) return;
    server = null;
    if (port === 0) process.exit(status ?? 1);
    process.stderr.write('The main process has ended; it starts again with the next change.\n');
  });
}

async function restart(): Promise<void> {
  const old = server;
  server = null;
  if (old !== null) {
    const gone = new Promise((resolve) => old.once('exit', resolve));
    old.kill('SIGTERM');
    await gone;
  }
  start();
}

for (const folder of ['electron', 'shared']) {
  watch(path.join(root, folder), { recursive: true }, (_event, name) => {
    if (name === null || !name.endsWith('.ts') || name.endsWith('.test.ts')) return;
    clearTimeout(settling);
    settling = setTimeout(() => void restart(), SETTLE_MS);
  });
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const child = server;
    server = null;
    if (child === null) process.exit(0);
    child.once('exit', () => process.exit(0));
    child.kill(signal);
  });
}
start();
