/**
 * Which process carries a run out: a file with its pid and what tells it from a later process of the same pid, because pids are
 * used again after a reboot, in a new container, and sometimes in between.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** The locks that this process holds. In a container every start may have the same pid, boot and even start time. */
const held = new Set<string>();

/** A clock that is set again while the computer runs shifts the time of its start by so much at most, ms. */
const BOOT_TOLERANCE = 120_000;

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** When a process was started, in clock ticks since boot: field 22 of proc(5)'s `stat`, after the name in parentheses. */
function startOf(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

interface Owner {
  readonly pid: number;
  /** ISO time. */
  readonly bootedAt: string | null;
  readonly start: string | null;
}

function readOwner(file: string): Owner | null {
  const [pid = '', bootedAt = '', start = ''] = textOf(file)?.split('\n') ?? [];
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number <= 0) return null;
  return { pid: number, bootedAt: bootedAt === '' ? null : bootedAt, start: start === '' ? null : start };
}

const bootTime = (): number => Date.now() - uptime() * 1000;

/** True if the process that took the lock still lives. */
export function isHeld(file: string): boolean {
  if (held.has(file)) return existsSync(file);
  const owner = readOwner(file);
  if (owner === null || owner.pid === process.pid) return false;
  if (owner.bootedAt !== null && Math.abs(Date.parse(owner.bootedAt) - bootTime()) > BOOT_TOLERANCE) return false;
  const start = startOf(owner.pid);
  if (owner.start !== null && start !== null && owner.start !== start) return false;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes the lock if nobody holds it.
 *
 * @returns gives it back; null if another process holds it
 */
export function takeLock(file: string): (() => void) | null {
  if (isHeld(file)) return null;
  rmSync(file, { force: true });
  const owner = [process.pid, new Date(bootTime()).toISOString(), startOf(process.pid) ?? ''].join('\n');
  try {
    writeFileSync(file, owner, { flag: 'wx', mode: 0o600 });
  } catch (thrown) {
    // Another process was quicker.
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw thrown;
  }
  held.add(file);
  return () => {
    rmSync(file, { force: true });
    held.delete(file);
  };
}
