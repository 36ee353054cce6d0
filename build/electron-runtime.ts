/**
 * Finds Electron's runtime, or fetches it once. npm's `electron` package holds none: its binary, some 110 MB, comes from
 * GitHub (or `ELECTRON_MIRROR`) on first use, which a machine that reaches only package registries cannot do.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './steps.ts';

const RETRY_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
const REACH_MS = 4_000;
const DOWNLOAD_MS = 5 * 60_000;

const folder = path.join(root, 'node_modules', 'electron');
const failureFile = path.join(root, 'node_modules', '.sluice-electron-unavailable.json');

/** That the runtime could not be had, kept so that not every start has to find out again. */
export interface RememberedFailure {
  readonly version: string;
  /** ISO time. */
  readonly at: string;
  readonly reason: string;
}

/** @returns true if a failure is recent and about this version, so that trying again is not worth the wait */
export function stillFailed(failure: RememberedFailure | null, version: string, now: number): boolean {
  return failure !== null && failure.version === version && now - Date.parse(failure.at) < RETRY_AFTER_MS;
}

/** Path of the Electron binary; null if it is not installed. */
export function installedRuntime(): string | null {
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = path.join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/**
 * Finds the runtime, and fetches it if it was not tried lately. Says on stderr what it does.
 *
 * @returns path of the binary, or why there is none in one sentence
 */
export async function obtainRuntime(): Promise<{ binary: string } | { reason: string }> {
  const installed = installedRuntime();
  if (installed !== null) return { binary: installed };
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const remembered = readFailure();
  if (remembered !== null && stillFailed(remembered, version, Date.now())) return { reason: remembered.reason };

  const reason = (await unreachable(version)) ?? (await download(version));
  const fresh = installedRuntime();
  if (reason === null && fresh !== null) return { binary: fresh };
  const failure = { version, at: new Date().toISOString(), reason: reason ?? 'its download left no binary behind' };
  writeFileSync(failureFile, `${JSON.stringify(failure)}\n`);
  return { reason: failure.reason };
}

function readFailure(): RememberedFailure | null {
  try {
    return JSON.parse(readFileSync(failureFile, 'utf8')) as RememberedFailure;
  } catch {
    return null;
  }
}

/** Looks whether the download's server answers at all: a firewall that swallows packets would cost minutes. */
async function unreachable(version: string): Promise<string | null> {
  // fetch() does not use a proxy, the download does.
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return null;
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const url = new URL(`v${version}/SHASUMS256.txt`, mirror);
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_MS) });
    return null;
  } catch {
    return `${URL.canParse(mirror) ? new URL(mirror).host : mirror}, where it is downloaded from, does not answer`;
  }
}

/** @returns why it failed, null if it did not */
function download(version: string): Promise<string | null> {
  process.stderr.write(`Fetching the Electron ${version} runtime, once (some 110 MB) …\n`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: DOWNLOAD_MS,
    });
    let last = '';
    child.stderr.on('data', (chunk: Buffer) => {
      last = chunk.toString().trim().split('\n')[0] ?? last;
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (status, signal) => {
      if (status === 0) resolve(null);
      else resolve(signal === null ? `its download failed (${last})` : 'its download took too long');
    });
  });
}
