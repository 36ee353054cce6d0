/**
 * What every npm script goes through: installs what is missing, builds what is stale, and runs the wanted program with
 * the Node 24 that npm installed, whatever Node started this file.
 *
 * Plain JavaScript without dependencies, for Node >= 20. Writes nothing to stdout.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode, install } from './install.mjs';
import { isStale } from './stale.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @type {Record<string, { run: string[], needs?: import('./stale.mjs').Part[] }>} */
const scripts = {
  start: { run: ['build/start.ts'], needs: ['main', 'window'] },
  sluice: { run: ['dist/cli.js'], needs: ['main'] },
  build: { run: ['build/bundle.ts'] },
  check: { run: ['build/check.ts'] },
  test: { run: ['build/test.ts'] },
  'test:lab': { run: ['build/test-lab.ts'], needs: ['main', 'window'] },
  bench: { run: ['test/bench/run.ts'], needs: ['main', 'window'] },
  dev: { run: ['build/dev.ts'] },
  package: { run: ['build/package.ts'], needs: ['main', 'window'] },
  'package:dry': { run: ['build/package.ts', '--dry'], needs: ['main', 'window'] },
  screenshots: { run: ['build/screenshots.ts'], needs: ['main', 'window'] },
};

/**
 * The Node to run under: npm's own, or this one where that cannot run (musl, an unusual processor) and this one is new
 * enough to run TypeScript.
 *
 * @returns {string}
 */
function chooseNode() {
  const bundled = bundledNode(root);
  // Asked, not trusted: a binary for another C library is there but does not start.
  if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Error(`npm's "node" package has no Node 24 for this machine, and this Node is ${process.version}.
Install Node 24 and run the command again.`);
}

/**
 * Runs a program to its end. A signal sent to this process is handed on; the program decides what it means.
 *
 * @param {string} node
 * @param {string[]} args
 * @returns {Promise<{ status: number | null, signal: NodeJS.Signals | null }>}
 */
function run(node, args) {
  const child = spawn(node, args, {
    stdio: 'inherit',
    // npm changes into the project's folder; file names on the command line are meant from where it was typed.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: {
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
      // Electron cannot run the command line, which its window writes into schedules (electron/backend.ts).
      SLUICE_NODE: node,
    },
  });
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  followParent(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => resolve({ status, signal }));
  });
}

/**
 * npm starts this file through a shell, which hands no signal on when it is ended itself (`kill` of npm, a closing
 * editor, a test's clean-up): the program would stay behind with nobody to end it.
 *
 * @param {() => void} orphaned called once if the shell is gone
 */
function followParent(orphaned) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    orphaned();
  }, 500);
  timer.unref();
}

/** @param {string[]} argv */
async function main([name = '', ...args]) {
  // Without a command to run, `sluice` opens the window.
  const script = scripts[name === 'sluice' && args.length === 0 ? 'start' : name];
  if (script === undefined) throw new Error(`unknown script "${name}"`);
  install(root);
  const node = chooseNode();
  const stale = (script.needs ?? []).filter((part) => isStale(root, part));
  if (stale.length > 0) {
    const build = spawnSync(node, [path.join(root, 'build', 'bundle.ts'), ...stale], { stdio: ['ignore', 2, 2] });
    if (build.status !== 0) throw new Error('the build failed; what it said is above');
  }
  const [file = '', ...fixed] = script.run;
  const { status, signal } = await run(node, [path.join(root, file), ...fixed, ...args]);
  if (signal !== null) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
  process.exitCode = status ?? 1;
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`Sluice needs Node 20 or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else {
  main(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`sluice: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  });
}
