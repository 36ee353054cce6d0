import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const execute = promisify(execFile);

/**
 * Starts a long-lived child that the kernel ends when this process ends, however it ends (`setpriv --pdeathsig`).
 * @param log file that its output is appended to.
 */
export function spawnTied(argv: readonly string[], log: string): ChildProcess {
  const logFd = openSync(log, 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...argv], { stdio: ['ignore', logFd, logFd] });
  closeSync(logFd);
  return child;
}

/** Ends a child by SIGKILL and waits until it is gone. */
export function killAndWait(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Waits until no process has this id any more. */
export async function processGone(pid: number | string): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await sleep(20);
}

/** Quotes one argument for a POSIX shell. */
export function shellQuote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
