/**
 * Decides whether a part of dist/ is older than its sources. Plain JavaScript: asked on every start, before anything
 * else is loaded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {'main' | 'window'} Part */

/** What each part is made from: folders and files, relative to the root. */
const sources = {
  main: ['shared', 'electron', 'build/bundle.ts', 'build/icons', 'package.json', 'package-lock.json'],
  window: ['shared', 'renderer', 'build/bundle.ts', 'build/vite.config.ts', 'package.json', 'package-lock.json'],
};

/**
 * @param {string} root
 * @param {Part} part
 */
const stampFile = (root, part) => path.join(root, 'dist', `.${part}-stamp`);

/**
 * A digest over name, size and time of every source file, so that a removed or restored older file counts as well.
 *
 * @param {string} root
 * @param {Part} part
 */
export function sourceDigest(root, part) {
  const digest = createHash('sha256');
  for (const source of sources[part]) addTo(digest, path.join(root, source));
  return digest.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} digest
 * @param {string} file
 */
function addTo(digest, file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(file).sort()) addTo(digest, path.join(file, name));
  } else if (!/\.test\.tsx?$/.test(file)) {
    digest.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}

/**
 * @param {string} root
 * @param {Part} part
 * @returns {boolean} true if the part was never built or its sources have changed since
 */
export function isStale(root, part) {
  const stamp = stampFile(root, part);
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourceDigest(root, part);
}

/**
 * Forgets the stamp before a build, so that a build that dies halfway counts as stale.
 *
 * @param {string} root
 * @param {Part} part
 */
export function forgetStamp(root, part) {
  rmSync(stampFile(root, part), { force: true });
}

/**
 * @param {string} root
 * @param {Part} part
 * @param {string} digest of the sources, taken before they were read
 */
export function writeStamp(root, part, digest) {
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(stampFile(root, part), digest);
}
