/** `npm start`: opens Sluice in Electron, or in the browser where Electron cannot be had or cannot run. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { obtainRuntime } from './electron-runtime.ts';
import { root } from './steps.ts';

const args = process.argv.slice(2);

/**
 * Why Electron is of no use here, whether or not its runtime is installed.
 *
 * @returns null if it is worth looking for
 */
function electronUseless(): string | null {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'Chromium refuses to run its sandbox as root';
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? null : 'there is no display';
}

/** @returns the program and arguments that open Sluice */
async function choose(): Promise<[program: string, args: string[]]> {
  const browser: [string, string[]] = [process.execPath, [path.join(root, 'dist', 'web.js'), ...args]];
  if (args.includes('--web')) return browser;
  const useless = electronUseless();
  const runtime = useless === null ? await obtainRuntime() : { reason: useless };
  if ('binary' in runtime) return [runtime.binary, [root, ...args]];
  if (args.includes('--self-test')) {
    process.stderr.write(`The self-test is one of Electron, whose runtime cannot be used: ${runtime.reason}.\n`);
    process.exit(1);
  }
  process.stderr.write(`Opening in the browser: the Electron runtime cannot be used, ${runtime.reason}.\n`);
  return browser;
}

const [program, programArgs] = await choose();
const child = spawn(program, programArgs, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${program} does not start: ${error.message}\n`);
  process.exitCode = 1;
});
child.on('exit', (status) => {
  process.exitCode = status ?? 1;
});
