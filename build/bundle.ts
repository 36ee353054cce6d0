/**
 * Makes dist/ from the sources: `node build/bundle.ts [main] [window]`, both when none is named.
 *
 * Says nothing but errors, on stderr: it runs on the way to `sluice … --json`.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type BuildOptions, build as esbuild, type OutputFile } from 'esbuild';
import { forgetStamp, type Part, sourceDigest, writeStamp } from './stale.mjs';
import { root } from './steps.ts';

const dist = path.join(root, 'dist');

/**
 * ssh2 is CommonJS and wants `require`, `__filename` and `__dirname` at load ("Dynamic require of … is not supported",
 * "__dirname is not defined"), which an ES module lacks.
 */
const commonJsNames = [
  "import { createRequire as sluiceCreateRequire } from 'node:module';",
  'const require = sluiceCreateRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  legalComments: 'none',
  logLevel: 'warning',
  // Native bindings are optional to ssh2 and never shipped: pure JavaScript is the only tested path.
  external: ['electron', 'cpu-features', '*.node'],
};

/** Every program lies flat in dist/: the workers are found beside whoever starts them. */
export const programs: Readonly<Record<string, string>> = {
  main: 'electron/main.ts',
  web: 'electron/web/main.ts',
  cli: 'electron/cli/main.ts',
  'relay-worker': 'electron/transfer/relay-worker.ts',
  'practice-worker': 'electron/practice/practice-worker.ts',
};

async function bundleMain(): Promise<void> {
  const results = await Promise.all([
    esbuild({
      ...shared,
      entryPoints: programs,
      outdir: dist,
      format: 'esm',
      banner: { js: commonJsNames },
      write: false,
    }),
    // A sandboxed preload is one CommonJS file; ES modules and local require() do not exist there.
    esbuild({
      ...shared,
      entryPoints: ['electron/preload.ts'],
      outfile: path.join(dist, 'preload.cjs'),
      platform: 'browser',
      target: 'chrome140',
      format: 'cjs',
      write: false,
    }),
  ]);
  const icon = {
    path: path.join(dist, 'icon.png'),
    contents: await readFile(path.join(root, 'build/icons/png/256x256.png')),
  };
  replaceFiles([...results.flatMap((result) => result.outputFiles), icon]);
}

/** Puts each file in place by renaming it: another Sluice may be starting from dist/ at this moment. */
function replaceFiles(files: readonly Pick<OutputFile, 'path' | 'contents'>[]): void {
  mkdirSync(dist, { recursive: true });
  for (const { path: file, contents } of files) {
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, contents);
    renameSync(fresh, file);
  }
  const wanted = new Set(files.map((file) => path.basename(file.path)));
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    if (entry.isFile() && !entry.name.startsWith('.') && !wanted.has(entry.name)) rmSync(path.join(dist, entry.name));
  }
}

async function bundleWindow(): Promise<void> {
  // Loaded here: half a second that the command line does not have to wait for.
  const { build } = await import('vite');
  // Tests build what people run, and Vitest has set NODE_ENV to “test”: React would be its slow, talkative self.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: path.join(root, 'build', 'vite.config.ts'), logLevel: 'warn', mode: 'production' });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

const bundlers: Readonly<Record<Part, () => Promise<void>>> = { main: bundleMain, window: bundleWindow };

/**
 * Builds one part and records what it was built from.
 *
 * @throws what the bundler throws; its messages are on stderr already
 */
export async function bundle(part: Part): Promise<void> {
  const digest = sourceDigest(root, part);
  forgetStamp(root, part);
  await bundlers[part]();
  writeStamp(root, part, digest);
}

/** @param names of parts; all parts if there are none */
async function main(names: readonly string[]): Promise<void> {
  const parts = Object.keys(bundlers) as Part[];
  const unknown = names.filter((name) => !parts.includes(name as Part));
  if (unknown.length > 0) throw new Error(`nothing is called ${unknown.join(', ')}; there is ${parts.join(', ')}`);
  for (const part of parts) if (names.length === 0 || names.includes(part)) await bundle(part);
}

if (import.meta.main) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    // esbuild has printed its own errors, in colour and with the lines they are about.
    const printed = error instanceof Error && 'errors' in error && 'warnings' in error;
    if (!printed) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
