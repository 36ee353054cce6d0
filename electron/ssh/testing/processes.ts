/** Waiting for what other processes do. How long they take is nobody's promise: only a test's own time limit ends a wait. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody has waited for yet is over all the same.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** True while it was stopped (SIGSTOP) and not continued. */
export const isStopped = (pid: number): boolean =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('T');

/** The program's processes, each with its arguments. */
export const running = (program: string): string[] =>
  execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.startsWith(`${program} `));

/** True if the file is there with all of its line. */
export const written = (file: string): boolean => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n');

/** The pid that a script has written there. */
export const pidIn = (file: string): number => Number(readFileSync(file, 'utf8'));
