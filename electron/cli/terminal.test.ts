import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTerminal, harmless, table } from './terminal.ts';

function stream(isTTY: boolean, columns?: number) {
  const written: string[] = [];
  const out = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
  return { terminal: createTerminal(out as unknown as NodeJS.WriteStream), text: () => written.join('') };
}

beforeEach(() => vi.stubEnv('NO_COLOR', undefined));
afterEach(() => vi.unstubAllEnvs());

describe('what a host says', () => {
  it.each([
    ['plain – ünïcödé\tand\nlines', 'plain – ünïcödé\tand\nlines'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['over\rwritten', 'overwritten'],
    ['bell\u0007 back\b\b\bspace', 'bell backspace'],
    ['eight bits \u009b31mred', 'eight bits red'],
    ['device \u0090q\u009c string', 'device q string'],
    ['\u007f', ''],
  ])('%j does not steer the terminal', (text, shown) => {
    expect(harmless(text)).toBe(shown);
  });
});

describe('printing', () => {
  it('our own styles pass, others do not', () => {
    const { terminal, text } = stream(true);
    terminal.print(`${terminal.style('red', 'BLOCKED')} \u001b[2J\u001b[Hby a host`);
    expect(text()).toContain('\u001b[31mBLOCKED\u001b[39m');
    expect(text()).not.toContain('\u001b[2J');
    expect(text()).not.toContain('\u001b[H');
  });

  it('no colours in a pipe, nor where nobody wants them', () => {
    expect(stream(false).terminal.style('red', 'x')).toBe('x');
    vi.stubEnv('NO_COLOR', '1');
    expect(stream(true).terminal.style('red', 'x')).toBe('x');
  });

  it('an empty line', () => {
    const { terminal, text } = stream(false);
    terminal.print();
    expect(text()).toBe('\n');
  });
});

describe('the line that is written over', () => {
  it('never wraps, and ends before something else is printed', () => {
    const { terminal, text } = stream(true, 10);
    terminal.status('0123456789abc');
    terminal.status('next');
    terminal.print('done');
    terminal.print('more');
    expect(text()).toBe('\r\u001b[K012345678\r\u001b[Knext\ndone\nmore\n');
  });

  it('is one line, and steers nothing', () => {
    const { terminal, text } = stream(true, 80);
    terminal.status('tank@a\n\u001b[2Jb\tc');
    terminal.endStatus();
    terminal.endStatus();
    expect(text()).toBe('\r\u001b[Ktank@a b c\n');
  });

  it('is not for a log', () => {
    const { terminal, text } = stream(false);
    terminal.status('50 %');
    terminal.endStatus();
    expect(text()).toBe('');
  });
});

describe('tables', () => {
  it('columns are as wide as their widest cell; numbers stand right; no line ends in spaces', () => {
    expect(
      table(
        ['NAME', 'SIZE', 'NOTE'],
        [
          ['a', '10', ''],
          ['long name', '5', 'x'],
        ],
        new Set([1]),
      ),
    ).toBe(['NAME       SIZE  NOTE', 'a            10', 'long name     5  x'].join('\n'));
  });

  it('cells that are missing are empty', () => {
    expect(table(['A', 'B'], [['x']])).toBe('A  B\nx');
  });

  it('a host with very many snapshots fits as well', () => {
    const rows = Array.from({ length: 200_000 }, (_, at) => [`tank@${at}`]);
    expect(table(['SNAPSHOT'], rows).split('\n')).toHaveLength(200_001);
  });
});
