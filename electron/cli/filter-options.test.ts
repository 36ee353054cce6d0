import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { filterOptions, parsePattern, parseTime, readFilter } from './filter-options.ts';
import { UsageError } from './usage.ts';

const now = new Date('2026-11-21T12:00:00Z');
const seconds = (iso: string): number => Date.parse(iso) / 1000;
const read = (...args: string[]) => readFilter(parseArgs({ args, options: filterOptions }).values, now);

describe('patterns', () => {
  it.each([
    ['daily', { kind: 'text', text: 'daily' }],
    ['daily-*', { kind: 'glob', glob: 'daily-*' }],
    ['s?', { kind: 'glob', glob: 's?' }],
    ['/^(a|b)$/', { kind: 'regex', regex: '^(a|b)$' }],
    ['/*/', { kind: 'regex', regex: '*' }],
    ['//', { kind: 'text', text: '//' }],
    ['scheme:zfs_autobackup', { kind: 'scheme', scheme: 'zfs_autobackup' }],
  ])('%s', (text, pattern) => {
    expect(parsePattern(text)).toEqual(pattern);
  });

  it.each(['', 'scheme:', 'scheme:borg'])('%j is none', (text) => {
    expect(() => parsePattern(text)).toThrow(UsageError);
  });
});

describe('times', () => {
  it.each([
    ['since', '2026-11-21', seconds('2026-11-21T00:00:00')],
    ['until', '2026-11-21', seconds('2026-11-21T23:59:59')],
    ['since', '2026-11-21T22:30', seconds('2026-11-21T22:30:00')],
    ['until', '2026-11-21 22:30:05', seconds('2026-11-21T22:30:05')],
    ['since', '2026-11-21T22:30Z', seconds('2026-11-21T22:30:00Z')],
    ['since', '2026-11-21T22:30:00+01:00', seconds('2026-11-21T21:30:00Z')],
    ['since', '2024-02-29', seconds('2024-02-29T00:00:00')],
    ['since', '12h', seconds('2026-11-21T00:00:00Z')],
    ['since', '2d', seconds('2026-11-19T12:00:00Z')],
    ['until', '1w', seconds('2026-11-14T12:00:00Z')],
  ] as const)('--%s %s', (option, text, expected) => {
    expect(parseTime(option, text, now)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026',
    '2026-11',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-11-21T25:00',
    '5m',
    '-1d',
    '1.5d',
  ])('%j is none', (text) => {
    expect(() => parseTime('since', text, now)).toThrow(UsageError);
  });
});

describe('together', () => {
  it('nothing asked for is no filter', () => {
    expect(read()).toBeNull();
  });

  it('each option may come several times, and only what was given restricts', () => {
    expect(read('--include', 'a', '--include', 'b*', '--exclude', 'scheme:sanoid', '--since', '1d')).toEqual({
      include: [
        { kind: 'text', text: 'a' },
        { kind: 'glob', glob: 'b*' },
      ],
      exclude: [{ kind: 'scheme', scheme: 'sanoid' }],
      since: seconds('2026-11-20T12:00:00Z'),
      until: null,
    });
  });

  it('a broken expression is a fault of the command line', () => {
    expect(() => read('--exclude', '/(/')).toThrow(UsageError);
  });
});
