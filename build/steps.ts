/** Running other programs from the scripts: one line for each, its output only if it fails. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's top folder. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Path of a script that a package installs, to be started with Node: node_modules/.bin holds shell scripts on Windows.
 *
 * @param file within node_modules, such as `vitest/vitest.mjs`
 */
export function packageScript(file: string): string {
  return path.join(root, 'node_modules', ...file.split('/'));
}

/**
 * Runs a Node program with this process's terminal.
 *
 * @returns its exit status; 1 if a signal ended it
 */
export function runNode(args: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    child.on('error', reject);
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

/**
 * Runs a Node program and keeps what it says.
 *
 * @returns its exit status (1 if a signal ended it) and stdout and stderr in the order they came
 */
export function collectNode(args: readonly string[]): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/**
 * Leaves a count in test-results/ for build/summary.mjs, in the words of Vitest's own report.
 *
 * @param tier names the file
 */
export function keepCount(tier: string, numPassedTests: number, numFailedTests: number): void {
  const folder = path.join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${tier}.json`), JSON.stringify({ numPassedTests, numFailedTests }));
}
