import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A process that does what electron/web/main.ts does, with a contract of a few answers behind it. */
const program = `
import { runInBrowser } from ${JSON.stringify(new URL('./run.ts', import.meta.url).href)};
import { tinyRouter } from ${JSON.stringify(new URL('../../test/tiny-router.ts', import.meta.url).href)};
const backend = async () => ({ router: tinyRouter().router, runsUnderWay: () => 0, close: async () => console.error('closed') });
await runInBrowser({ open: false, port: 0 }, backend, backend, process.argv[1]);
process.exit(0);
`;

let folder = '';
let child: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-run-'));
});
afterEach(async () => {
  child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function start(): { line: Promise<string>; stdout: string[]; stderr: string[] } {
  child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  if (child.stdout === null || child.stderr === null) throw new Error('the streams are pipes');
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => stdout.push(line));
  createInterface(child.stderr).on('line', (line) => stderr.push(line));
  return { line: once(lines, 'line').then(([line]) => String(line)), stdout, stderr };
}

describe('runInBrowser', () => {
  // Windows ends a process that is signalled without asking it.
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'prints the address, serves the window, and ends cleanly on %s',
    async (signal) => {
      await writeFile(path.join(folder, 'index.html'), '<!doctype html>');
      const { line, stdout, stderr } = start();
      const address = /^Sluice is at (http:\/\/127\.0\.0\.1:\d+\/)#[A-Za-z0-9_-]{43}$/.exec(await line)?.[1];
      expect(address).toBeDefined();
      expect(await (await fetch(String(address))).text()).toBe('<!doctype html>');
      child.kill(signal);
      child.kill(signal);
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(stdout).toHaveLength(1);
      expect(stderr).toEqual(['closed']);
    },
  );

  it('fails before the engine starts if the window was not built', async () => {
    const { stderr } = start();
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(stderr.join('\n')).toContain('The window was not built');
    expect(stderr).not.toContain('closed');
  });
});
