import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isHeld, takeLock } from './file-lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-lock-'));
  file = join(folder, 'run.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

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
