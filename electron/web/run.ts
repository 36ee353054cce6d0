/** Sluice in a browser, from the start of the engine to Ctrl-C: what runs where there is no Electron runtime. */
import path from 'node:path';
import type { Backend } from '../backend.ts';
import type { LaunchOptions } from '../launch-options.ts';
import { practiceBeside } from '../practice-beside.ts';
import { readAssets } from './assets.ts';
import { hint, printMoreAddresses } from './more-addresses.ts';
import { openBrowser } from './open-browser.ts';
import { startWebServer, type WebServer } from './server.ts';

/**
 * Serves the window until the process is asked to end (SIGINT, SIGTERM, SIGHUP). Prints one line to stdout: the address; more
 * of them when asked at a terminal.
 *
 * @param startBackend called once the window's files are found; what it is given opens practice hosts beside, and answers
 *   an address that opens their window once
 * @param startPractice starts the backend of those
 * @param rendererFolder the built window
 * @returns once everything is closed
 * @throws {Error} if the window was not built, SluiceError `port-unusable` if the port cannot be had; nothing is left running then
 */
export async function runInBrowser(
  options: Pick<LaunchOptions, 'open' | 'port'>,
  startBackend: (openPractice: () => Promise<string>) => Promise<Backend>,
  startPractice: () => Promise<Backend>,
  rendererFolder = path.join(import.meta.dirname, 'renderer'),
): Promise<void> {
  const assets = await readAssets(rendererFolder);
  const beside = practiceBeside(startPractice);
  let practice = null as WebServer | null;
  const openPractice = async (): Promise<string> => {
    const { router } = await beside.backend();
    practice ??= await startWebServer({ router, assets, port: 0 });
    return practice.newAddress();
  };
  const backend = await startBackend(openPractice);
  try {
    const ended = askedToEnd();
    const server = await startWebServer({ router: backend.router, assets, port: options.port });
    const announce = () => process.stdout.write(`Sluice is at ${server.newAddress()}\n`);
    announce();
    if (printMoreAddresses(process.stdin, announce)) process.stderr.write(hint);
    // An address of its own: the printed one stays good for whoever reads the terminal.
    const opened = options.open ? await openBrowser(server.newAddress()) : null;
    await ended;
    await opened?.forget();
    await server.close();
    await practice?.close();
  } finally {
    await Promise.all([backend.close(), beside.close()]);
  }
}

/**
 * Resolves at the first signal. Later ones change nothing: npm hands on the Ctrl-C that the terminal has sent already,
 * so a second signal is no sign of impatience.
 */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}
