import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { tail } from './log-tail.ts';

const RECIPE = join(import.meta.dirname, 'image');

/** The three files a guest boots from, all read only. */
export interface GuestImage {
  /** sha256 over the recipe's files. */
  key: string;
  kernel: string;
  initrd: string;
  root: string;
}

/** @returns the folder images are kept in: `SLUICE_LAB_CACHE`, or `~/.cache/sluice-lab`. */
export function cacheDirectory(): string {
  return process.env.SLUICE_LAB_CACHE || join(homedir(), '.cache', 'sluice-lab');
}

/**
 * Finds the guest image, building it first when this recipe has none yet (some minutes). Two callers at once build one image.
 * @param report told in words what takes the time.
 * @throws Error with the end of the build's log.
 */
export async function ensureImage(report: (line: string) => void): Promise<GuestImage> {
  const key = recipeKey();
  const cache = cacheDirectory();
  const folder = join(cache, key);
  const image = {
    key,
    kernel: join(folder, 'vmlinuz'),
    initrd: join(folder, 'initrd'),
    root: join(folder, 'root.ext4'),
  };
  if (existsSync(image.root)) return image;
  mkdirSync(cache, { recursive: true });
  const log = join(cache, `${key}.log`);
  report(`building the OpenZFS guest, once, about five minutes (log: ${log})`);
  const logFd = openSync(log, 'a');
  const build = spawn('bash', [join(RECIPE, 'build.sh'), cache, key], { stdio: ['ignore', logFd, logFd] });
  const status = await new Promise<number | string | null>((resolve) => {
    build.once('error', (error) => resolve(error.message));
    build.once('exit', (code, signal) => resolve(code ?? signal));
  });
  closeSync(logFd);
  if (status !== 0) throw new Error(`building the guest image failed (${status}); the end of ${log}:\n${tail(log)}`);
  return image;
}

/** sha256 over names and contents of all files of the recipe: another recipe is another image. */
function recipeKey(): string {
  const hash = createHash('sha256');
  const files = readdirSync(RECIPE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash
      .update(`${relative(RECIPE, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}
