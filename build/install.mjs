/**
 * Decides whether the dependencies on disk are those of package-lock.json, and installs them if not.
 *
 * Plain JavaScript without dependencies: it runs first, on whatever Node >= 20 the machine has.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 */

/**
 * Compares package-lock.json with the record npm keeps of what it installed (`node_modules/.package-lock.json`).
 * Optional packages may be absent: npm leaves out those made for other platforms.
 *
 * @param {Lockfile} wanted
 * @param {Lockfile | null} installed null when there is no record
 * @returns {string | null} why an install is needed, null if it is not
 */
export function installReason(wanted, installed) {
  if (installed === null) return 'no dependencies are installed yet';
  for (const [where, want] of Object.entries(wanted.packages ?? {})) {
    if (where === '' || want.link === true) continue;
    const have = installed.packages?.[where];
    if (have === undefined) {
      if (want.optional === true) continue;
      return `${where} is missing`;
    }
    if (have.version !== want.version || (have.integrity && want.integrity && have.integrity !== want.integrity)) {
      return `${where} is ${have.version}, package-lock.json says ${want.version}`;
    }
  }
  return null;
}

/**
 * @param {string} file
 * @returns {Lockfile | null} null if the file is missing or damaged
 */
function readLockfile(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Path of the Node that npm's `node` package provides.
 *
 * @param {string} root
 */
export function bundledNode(root) {
  return path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Runs npm, its output on stderr: stdout belongs to the script that was asked for (`npm run -s sluice -- --json`).
 *
 * @param {string} root
 * @param {string[]} args
 */
function npm(root, args) {
  const cli = process.env.npm_execpath;
  const viaNode = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
  // npm.cmd cannot be started without a shell on Windows; the arguments are constants.
  const [command, first] = viaNode ? [process.execPath, [cli]] : ['npm', []];
  return spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !viaNode && process.platform === 'win32',
  }).status;
}

/**
 * Makes node_modules equal to package-lock.json and makes sure the Node the scripts run under is there.
 *
 * No dependency's install script is run but that of `node`, which fetches the binary for this platform from the npm
 * registry: ssh2 and cpu-features would try to compile bindings that Sluice does not use, and whether npm runs install
 * scripts by itself differs between npm 10 and 11.
 *
 * @param {string} root
 * @throws {Error} if npm fails
 */
export function install(root) {
  const wanted = readLockfile(path.join(root, 'package-lock.json'));
  if (wanted === null) throw new Error('package-lock.json is missing or damaged');
  const reason = installReason(wanted, readLockfile(path.join(root, 'node_modules', '.package-lock.json')));
  if (reason !== null) {
    process.stderr.write(`Installing dependencies (${reason}) …\n`);
    const status = npm(root, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    if (status !== 0) throw new Error(`npm ci ended with status ${status}`);
  }
  if (!existsSync(bundledNode(root))) {
    const folder = path.join(root, 'node_modules', 'node');
    spawnSync(process.execPath, [path.join(folder, 'installArchSpecificPackage.js')], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    });
  }
}
