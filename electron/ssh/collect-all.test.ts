import { describe, expect, it } from 'vitest';
import { wireBatch } from '../../shared/zfs/wire.ts';
import { collectAll } from './collect-all.ts';
import { localShell } from './local.ts';
import type { Shell } from './shell.ts';

/** Keeps the command lines that went to this computer's shell. */
function watched() {
  const shell = localShell();
  const lines: string[] = [];
  const collect: Shell['collect'] = (command, options) => {
    lines.push(command);
    return shell.collect(command, options);
  };
  return { lines, collect };
}

describe.skipIf(process.platform === 'win32')('many commands', () => {
  it('are answered in their order, in lines that every login shell takes', { timeout: 60_000 }, async () => {
    const { lines, collect } = watched();
    const commands = Array.from({ length: 150 }, (_, at) => [
      'sh',
      '-c',
      `printf 'it is %s' "$1"; exit ${at % 7}`,
      'sh',
      `${at} ${'ü'.repeat(60)}`,
    ]);
    const { parts, instead } = await collectAll({ collect }, commands);
    expect(parts.map((part) => part?.stdout)).toEqual(commands.map((argv) => `it is ${argv[4]}`));
    expect(parts.map((part) => part?.status)).toEqual(commands.map((_, at) => at % 7));
    expect(instead).toBe('');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThan(8_192);
  });

  it('that fit go in one line', async () => {
    const { lines, collect } = watched();
    const commands = [['echo', 'a'], ['false'], ['echo', 'b']];
    expect((await collectAll({ collect }, commands)).parts.map((part) => part?.status)).toEqual([0, 1, 0]);
    expect(lines).toEqual([wireBatch(commands)]);
  });

  it('that are none ask nothing', async () => {
    const { lines, collect } = watched();
    expect(await collectAll({ collect }, [])).toEqual({ parts: [], instead: '' });
    expect(lines).toEqual([]);
  });

  it('that do not run leave what was said instead, and are not tried further', async () => {
    let asked = 0;
    const collect: Shell['collect'] = async () => {
      asked += 1;
      return { stdout: '', stderr: 'This account is currently not available.\n', status: 1, signal: null, lost: null };
    };
    const commands = Array.from({ length: 300 }, () => ['echo', 'x'.repeat(60)]);
    const { parts, instead } = await collectAll({ collect }, commands);
    expect(parts).toHaveLength(300);
    expect(parts.every((part) => part === null)).toBe(true);
    expect(instead).toBe('This account is currently not available.');
    expect(asked).toBe(1);
  });
});
