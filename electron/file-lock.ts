/**
 * Which process has something for itself (a run, the host book for a moment): a file with its pid and what tells it from a later
 * process of the same pid, because pids are used again after a reboot, in a new container, and sometimes in between.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** The locks that this process holds, with their content. In a container every start may have the same pid, boot and even start time. */
const held = new Map<string, string>();

/**
 * Where only the clock tells one boot from another: a clock that is set again while the computer runs shifts the time of its start
 * by so much at most, ms. Linux tells boots apart by themselves: there a clock may be set by hours, and no lock is dead of it.
 */
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

/** What random(4) gives each start of the kernel; null where there is no /proc. */
const bootId = (): string | null => textOf('/proc/sys/kernel/random/boot_id')?.trim() || null;

const bootTime = (): number => Date.now() - uptime() * 1000;

/** A lock's lines: the pid, and what follows as far as it is known. Earlier versions wrote the first three, the first of them only the pid. */
interface Owner {
  readonly pid: number;
  /** ISO time. */
  readonly bootedAt: string | null;
  /** As {@link startOf} tells it. */
  readonly start: string | null;
  readonly bootId: string | null;
}

function readOwner(file: string): Owner | null {
  const [pid = '', ...lines] = textOf(file)?.split('\n') ?? [];
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number <= 0) return null;
  const [bootedAt = null, start = null, boot = null] = lines.map((line) => (line === '' ? null : line));
  return { pid: number, bootedAt, start, bootId: boot };
}

/** The last line tells two locks of one process apart, and of two containers that share a folder. */
const ownContent = (): string =>
  [process.pid, new Date(bootTime()).toISOString(), startOf(process.pid) ?? '', bootId() ?? '', randomUUID()].join(
    '\n',
  );

/** True if the computer, or the process of this pid, was started again since the lock was taken. */
function isAnother(owner: Owner): boolean {
  const boot = bootId();
  if (owner.bootId !== null && boot !== null && owner.bootId !== boot) return true;
  const start = startOf(owner.pid);
  if (owner.start !== null && start !== null) return owner.start !== start;
  if (owner.bootId !== null && boot !== null) return false;
  return owner.bootedAt !== null && Math.abs(Date.parse(owner.bootedAt) - bootTime()) > BOOT_TOLERANCE;
}

/** True if the process that took the lock still lives. */
export function isHeld(file: string): boolean {
  if (held.has(file)) return existsSync(file);
  const owner = readOwner(file);
  if (owner === null || owner.pid === process.pid) return false;
  if (isAnother(owner)) return false;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const codeOf = (thrown: unknown): string | undefined => (thrown as NodeJS.ErrnoException).code;

/** vfat and some network folders have no hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Makes the file with its content in one step: nobody ever reads half a lock and takes it for a dead one. */
function create(file: string, content: string): boolean {
  const mine = `${file}.${randomUUID()}`;
  try {
    // A full disk leaves a part of it.
    writeFileSync(mine, content, { flag: 'wx', mode: 0o600 });
    linkSync(mine, file);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    if (!NO_LINKS.has(codeOf(thrown) ?? '')) throw thrown;
    try {
      writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    } catch (again) {
      if (codeOf(again) === 'EEXIST') return false;
      throw again;
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return true;
}

/**
 * Takes a dead lock away. It is renamed, not deleted by its name: what stands under the name by now may be a living one, which
 * goes back.
 *
 * @returns false if it was a living one
 */
function breakDead(file: string): boolean {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return true;
    throw thrown;
  }
  const living = isHeld(aside);
  if (living) create(file, readFileSync(aside, 'utf8'));
  rmSync(aside, { force: true });
  return !living;
}

/**
 * Takes the lock if nobody holds it.
 *
 * @returns gives it back; null if another process holds it
 */
export function takeLock(file: string): (() => void) | null {
  if (isHeld(file) || (existsSync(file) && !breakDead(file))) return null;
  const content = ownContent();
  if (!create(file, content)) return null;
  held.set(file, content);
  return () => {
    if (held.get(file) === content) held.delete(file);
    // Somebody who took it for dead has it by now.
    if (textOf(file) === content) rmSync(file, { force: true });
  };
}

/** Milliseconds between two tries of {@link withLock}. */
const RETRY = 5;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Does something short that only one process may do at a time. Waits without going on with anything else, so it is for what
 * takes milliseconds.
 *
 * @param waitMs how long another process is waited for
 * @param busy what is thrown then
 */
export function withLock<T>(file: string, waitMs: number, busy: () => Error, act: () => T): T {
  for (const end = performance.now() + waitMs; ; ) {
    const giveBack = takeLock(file);
    if (giveBack !== null) {
      try {
        return act();
      } finally {
        giveBack();
      }
    }
    if (performance.now() > end) throw busy();
    Atomics.wait(sleeper, 0, 0, RETRY);
  }
}
