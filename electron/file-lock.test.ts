import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isHeld, takeLock } from './file-lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-lock-'));
  file = join(folder, 'run.lock');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that has taken the lock and lives. */
async function takenElsewhere() {
  const take = `const { takeLock } = await import(${JSON.stringify(new URL('./file-lock.ts', import.meta.url).href)});
    console.log(takeLock(${JSON.stringify(file)}) !== null);
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', take], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(other.stdout, 'data');
  expect(String(said)).toBe('true\n');
  return other;
}

const setClockBy = (ms: number) => vi.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);
const HOUR = 3_600_000;

describe('a lock', () => {
  test('is held until it is given back', () => {
    const giveBack = takeLock(file);
    expect(isHeld(file)).toBe(true);
    expect(takeLock(file)).toBeNull();
    giveBack?.();
    expect(isHeld(file)).toBe(false);
    expect(takeLock(file)).not.toBeNull();
  });

  test('of a living process is respected', () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(file, String(other.pid));
    expect(isHeld(file)).toBe(true);
    expect(takeLock(file)).toBeNull();
    other.kill('SIGKILL');
  });

  test.each([
    ['of a process that has ended', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['from before the computer was started again', () => `${process.ppid}\n${new Date(0).toISOString()}\n`],
    ['with our pid, of an earlier process', () => String(process.pid)],
    ['that is empty', () => ''],
    ['of nonsense', () => 'abc\ndef'],
  ])('%s is no lock', (_, content) => {
    writeFileSync(file, content());
    expect(isHeld(file)).toBe(false);
    expect(takeLock(file)).not.toBeNull();
  });

  test('that somebody else has by now is not given back', () => {
    const giveBack = takeLock(file);
    writeFileSync(file, `${process.ppid}\n`);
    giveBack?.();
    expect(readFileSync(file, 'utf8')).toBe(`${process.ppid}\n`);
    rmSync(file);
    const again = takeLock(file);
    // Of the same process, and another one all the same.
    giveBack?.();
    expect(isHeld(file)).toBe(true);
    again?.();
    expect(existsSync(file)).toBe(false);
  });

  test.skipIf(process.platform !== 'linux').each([-HOUR, HOUR])(
    'of a living process is none the less one when the clock is set by %d ms',
    async (step) => {
      const other = await takenElsewhere();
      try {
        setClockBy(step);
        expect(isHeld(file)).toBe(true);
        expect(takeLock(file)).toBeNull();
        // The same of an earlier version, which did not know the boot.
        writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(0, 3).join('\n'));
        expect(isHeld(file)).toBe(true);
      } finally {
        other.kill('SIGKILL');
      }
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'from before the computer was started again is told by the boot',
    async () => {
      const other = await takenElsewhere();
      try {
        const lines = readFileSync(file, 'utf8').split('\n');
        expect(lines[3]).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
        // A pid is used again, by chance after as many ticks.
        writeFileSync(file, lines.with(3, '00000000-0000-4000-8000-000000000000').join('\n'));
        expect(isHeld(file)).toBe(false);
      } finally {
        other.kill('SIGKILL');
      }
    },
  );

  test('without what /proc tells, a clock that was set by more than minutes is another boot', () => {
    const lockOf = (ago: number) => `${process.ppid}\n${new Date(Date.now() - uptime() * 1000 - ago).toISOString()}\n`;
    writeFileSync(file, lockOf(60_000));
    expect(isHeld(file)).toBe(true);
    writeFileSync(file, lockOf(HOUR));
    expect(isHeld(file)).toBe(false);
  });

  test.skipIf(process.platform !== 'linux')(
    'a living process that was started later than the lock says is another',
    () => {
      const giveBack = takeLock(file);
      const [, bootedAt] = readFileSync(file, 'utf8').split('\n');
      giveBack?.();
      writeFileSync(file, [process.ppid, bootedAt, '1'].join('\n'));
      expect(isHeld(file)).toBe(false);
    },
  );
});
