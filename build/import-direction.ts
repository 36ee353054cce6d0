/**
 * Which folder may import what. Imports point one way, renderer → shared ← electron, and Electron itself is touched in
 * few places, so that everything else can be tested under Node.
 */
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';

interface Layer {
  /** Which files of the checkout belong to it, by path with forward slashes. The first layer that matches counts. */
  readonly files: RegExp;
  /** Paths of the checkout it may import. */
  readonly paths: RegExp;
  /** Packages it may import. */
  readonly packages: (name: string) => boolean;
  readonly reason: string;
}

const electronPackages = new Set(['electron', 'electron-store']);
const windowPackages =
  /^(react|react-dom|react-aria-components|react-i18next|i18next|lucide-react|uplot|zustand|zod|vite|@tanstack\/.+|@orpc\/(client|contract))$/;

const layers: readonly Layer[] = [
  {
    files: /^(shared|electron|renderer|build)\/.*(\.test\.tsx?$|\/testing\/)|^test\//,
    paths: /^(shared|electron|renderer|build|test|package\.json)/,
    packages: () => true,
    reason: '',
  },
  {
    files: /^shared\//,
    paths: /^shared\/(?!.*\/testing\/)/,
    packages: (name) => name === 'zod' || name === '@orpc/contract',
    reason: 'shared/ is pure: nothing of Node, Electron, the window or the main process',
  },
  {
    files: /^renderer\//,
    paths: /^(shared|renderer)\/(?!.*\/testing\/)/,
    packages: (name) => windowPackages.test(name),
    reason: 'the window imports shared/ and packages made for a browser',
  },
  {
    files: /^electron\/preload\.ts$/,
    paths: /^$/,
    packages: (name) => name === 'electron',
    reason: 'a sandboxed preload imports nothing but electron',
  },
  {
    files: /^electron\/(desktop\/|main\.ts$)/,
    paths: /^(shared|electron)\/(?!.*\/testing\/)|^package\.json$/,
    packages: (name) => !windowPackages.test(name) || name === 'zod' || name.startsWith('@orpc/'),
    reason: 'the main process never imports the window',
  },
  {
    files: /^electron\//,
    paths: /^(?!.*\/testing\/)(shared\/|electron\/(?!desktop\/|main\.ts|preload\.ts)|package\.json$)/,
    packages: (name) =>
      !electronPackages.has(name) && (!windowPackages.test(name) || name === 'zod' || name.startsWith('@orpc/')),
    reason:
      'only electron/desktop, main.ts and preload.ts may touch Electron, and the main process never imports the window',
  },
  {
    files: /^build\//,
    paths: /^(build|electron|shared|test\/e2e)\/|^package\.json$/,
    packages: (name) => !electronPackages.has(name),
    reason: 'the scripts never import the window or Electron',
  },
];

const importing =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** Specifiers a source imports, whether as types, values or on demand. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(importing)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/**
 * Why one file's imports are not allowed, one line each.
 *
 * @param file path from the top of the checkout, with forward slashes
 */
export function breachesOf(file: string, source: string): string[] {
  const layer = layers.find(({ files }) => files.test(file));
  if (layer === undefined) return [`${file}: belongs to no layer`];
  return importsOf(source)
    .filter((specifier) => !allowed(layer, file, specifier))
    .map((specifier) => `${file}: imports ${specifier}, but ${layer.reason}`);
}

function allowed(layer: Layer, file: string, specifier: string): boolean {
  if (specifier.startsWith('.')) return layer.paths.test(path.posix.join(path.posix.dirname(file), specifier));
  if (isBuiltin(specifier)) return !/^(shared|renderer)\/|preload\.ts$/.test(file) || layer.reason === '';
  return layer.packages(
    specifier.startsWith('@') ? specifier.split('/', 2).join('/') : (specifier.split('/')[0] ?? ''),
  );
}

/** Breaches of every source file in the checkout. */
export async function directionBreaches(root: string): Promise<string[]> {
  const breaches: string[] = [];
  for (const folder of ['shared', 'electron', 'renderer', 'build', 'test']) {
    const names = await readdir(path.join(root, folder), { recursive: true }).catch(() => []);
    for (const name of names.filter((entry) => /\.(ts|tsx|mjs)$/.test(entry)).sort()) {
      const file = path.posix.join(folder, name.split(path.sep).join('/'));
      breaches.push(...breachesOf(file, await readFile(path.join(root, file), 'utf8')));
    }
  }
  return breaches;
}
