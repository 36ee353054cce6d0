/**
 * Finds the browser that the window is tested in: npm's `@sparticuz/chromium` on Linux x64, which needs nothing
 * installed, elsewhere a Chrome, Chromium or Edge that is there already.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** A browser and what it must find in its environment. Plain data: it is handed from the test run to its workers. */
export interface Chromium {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
}

const installed: Readonly<Record<string, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * @param remark told about each browser that was passed over, in one line
 * @returns a browser that has been seen to start, or why there is none, in one line
 */
export async function findChromium(remark: (line: string) => void = () => undefined): Promise<Chromium | string> {
  const tried: string[] = [];
  const passOver = (line: string) => {
    tried.push(line);
    remark(line);
  };
  for (const candidate of await candidates(passOver)) {
    try {
      const browser = await launch(candidate);
      await browser.close();
      return candidate;
    } catch (error) {
      const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      passOver(`${candidate.executable} does not start: ${line}`);
    }
  }
  return tried.length > 0 ? tried.join('; ') : `no Chrome, Chromium or Edge is installed on this ${process.platform}`;
}

async function candidates(passOver: (line: string) => void): Promise<Chromium[]> {
  const found: Chromium[] = [];
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      found.push(await unpackedChromium());
    } catch (error) {
      passOver(`@sparticuz/chromium cannot be unpacked: ${error instanceof Error ? error.message : error}`);
    }
  }
  for (const executable of installed[process.platform] ?? []) {
    if (existsSync(executable)) found.push({ executable, environment: {} });
  }
  return found;
}

/**
 * Unpacks `@sparticuz/chromium` once a version into the user's cache folder. By itself it unpacks into the temporary
 * folder every user can write to, and runs whatever is called `chromium` there.
 */
async function unpackedChromium(): Promise<Chromium> {
  // Its package.json cannot be imported ("not defined by exports"), so it is read where the package lies.
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageFile = path.join(path.dirname(entry), '..', '..', 'package.json');
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'sluice-chromium');
  const folder = path.join(cache, version);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const fresh = await mkdtemp(path.join(cache, 'unpacking-'));
    await unpackInto(fresh);
    await writeFile(path.join(fresh, 'fonts', 'fonts.conf'), fontsConf(folder));
    // Another run may have been first; then its folder stands.
    await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  return {
    executable: path.join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') },
  };
}

/**
 * The package decides from the environment where to unpack and whether its NSS libraries come along, which a machine
 * without a browser lacks.
 */
async function unpackInto(folder: string): Promise<void> {
  const borrowed = {
    TMPDIR: folder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LD_LIBRARY_PATH: '',
    FONTCONFIG_PATH: '',
  };
  const before = Object.keys(borrowed).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, borrowed);
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, 'fonts', 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/**
 * Starts the browser without a window and without any traffic of its own.
 *
 * @throws what playwright says if it does not start
 */
export function launch({ executable, environment }: Chromium): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    headless: true,
    // In the C locale of many a server, this headless Chromium says "en-US@posix" as navigator.language, and Intl throws
    // "Invalid language tag".
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...environment },
    args: [
      // Chromium refuses its own sandbox to root, and containers often forbid the namespaces it needs.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
    ],
  });
}
