/**
 * Packs Sluice round a stand-in for Electron's binary and examines the result: what is in it, what is not, that its
 * fuses are flipped, and that what is packed runs on its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { emptyAsar, readAsar } from './asar.ts';
import { programs } from './bundle.ts';
import { type Fuse, readFuses, standInBinary } from './fuses.ts';
import { importsOf } from './import-direction.ts';
import { collectNode, packageScript, root } from './steps.ts';

/** One thing that was examined; null if it is as it should be. */
export interface Finding {
  readonly what: string;
  readonly fault: string | null;
}

const STARTING_MS = 60_000;

const wantedFuses: Readonly<Partial<Record<Fuse, boolean>>> = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  grantFileProtocolExtraPrivileges: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  enableCookieEncryption: true,
};

/** What a program in dist/ may ask for at run time: Node's own modules, and Electron's in its main process. */
function mayAskFor(program: string, specifier: string): boolean {
  return isBuiltin(specifier) || (specifier === 'electron' && (program === 'main.js' || program === 'preload.cjs'));
}

/**
 * @returns what was examined, in order
 * @throws {Error} with what electron-builder said if it does not pack
 */
export async function dryRun(): Promise<Finding[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-package-'));
  try {
    const unpacked = path.join(await pack(folder), 'linux-unpacked');
    const files = readAsar(await readFile(path.join(unpacked, 'resources', 'app.asar')));
    const program = path.join(unpacked, 'sluice');
    return [
      { what: 'packing, configuration accepted', fault: null },
      { what: 'files in the archive', fault: contentsFault([...files.keys()]) },
      {
        what: 'no file beside the archive',
        fault: [...files.values()].includes(null) ? 'some are left outside' : null,
      },
      { what: 'modules the programs ask for', fault: importsFault(files) },
      { what: 'fuses', fault: existsSync(program) ? fusesFault(await readFile(program)) : 'there is no program' },
      { what: 'the packed programs run on their own', fault: await runFault(files, path.join(folder, 'elsewhere')) },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the output folder */
async function pack(folder: string): Promise<string> {
  const electron = path.join(folder, 'electron');
  const output = path.join(folder, 'release');
  await mkdir(path.join(electron, 'resources'), { recursive: true });
  await writeFile(path.join(electron, 'electron'), standInBinary(), { mode: 0o755 });
  const { version } = JSON.parse(
    await readFile(path.join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  ) as { version: string };
  await writeFile(path.join(electron, 'version'), version);
  await writeFile(path.join(electron, 'resources', 'default_app.asar'), emptyAsar());
  const { status, output: said } = await collectNode([
    packageScript('electron-builder/cli.js'),
    '--config=build/electron-builder.yml',
    '--publish=never',
    '--linux=dir',
    '--x64',
    `-c.electronDist=${electron}`,
    `-c.directories.output=${output}`,
  ]);
  if (status !== 0) throw new Error(said);
  return output;
}

/** Compares with what belongs there; the window's own files have names that change. */
export function contentsFault(names: readonly string[]): string | null {
  const fixed = [
    'LICENSE',
    'package.json',
    'dist/icon.png',
    'dist/preload.cjs',
    'dist/renderer/index.html',
    ...Object.keys(programs).map((name) => `dist/${name}.js`),
  ];
  const missing = fixed.filter((name) => !names.includes(name));
  const surplus = names.filter((name) => !fixed.includes(name) && !/^dist\/renderer\/[^/.][^/]*(\/[^/]+)*$/.test(name));
  const maps = names.filter((name) => name.endsWith('.map'));
  const wrong = [
    ...missing.map((name) => `${name} is missing`),
    ...[...surplus, ...maps].map((name) => `${name} does not belong there`),
  ];
  return wrong.length === 0 ? null : wrong.join(', ');
}

/** Looks for modules that would have to come from node_modules, which is not packed. */
function importsFault(files: ReadonlyMap<string, Buffer | null>): string | null {
  const wrong: string[] = [];
  for (const [file, content] of files) {
    const program = /^dist\/([^/]+\.c?js)$/.exec(file)?.[1];
    if (program === undefined || content === null) continue;
    for (const specifier of importsOf(content.toString())) {
      if (!mayAskFor(program, specifier)) wrong.push(`${program} imports ${specifier}`);
    }
  }
  return wrong.length === 0 ? null : wrong.join(', ');
}

function fusesFault(binary: Buffer): string | null {
  const fuses = readFuses(binary);
  const wrong = Object.entries(wantedFuses).filter(([name, wanted]) => fuses[name as Fuse] !== wanted);
  return wrong.length === 0 ? null : wrong.map(([name, wanted]) => `${name} is not ${wanted}`).join(', ');
}

/** Starts the packed browser shell with the practice hosts, away from this checkout's node_modules. */
async function runFault(files: ReadonlyMap<string, Buffer | null>, folder: string): Promise<string | null> {
  for (const [file, content] of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content ?? '');
  }
  const state = path.join(folder, 'state');
  const args = [path.join(folder, 'dist', 'web.js'), '--practice', '--no-open', '--state-dir', state];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), STARTING_MS);
  const closed = once(child, 'close');
  try {
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const line = await firstLine(child);
    const origin = /^Sluice is at (http:\/\/127\.0\.0\.1:\d+)\/#/.exec(line)?.[1];
    if (origin === undefined) return `it printed "${line}" ${said.join('')}`;
    const { status } = await fetch(origin);
    child.kill('SIGINT');
    const [code, signal] = await closed;
    // Windows ends a process that is signalled without asking it.
    if (code !== 0 && process.platform !== 'win32') return `it ended with ${code ?? signal}: ${said.join('')}`;
    return status === 200 ? null : `the window was answered with ${status}`;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** The first line of stdout; empty if there is none before the end. */
async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) return '';
  for await (const line of createInterface(child.stdout)) return line;
  return '';
}
