import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../shared/model/request.ts';
import { parseRate, readOptions, requestOptions } from './options.ts';
import { UsageError } from './usage.ts';

/** As typed. */
const read = (...words: string[]) =>
  readOptions(parseArgs({ args: words, options: requestOptions, allowPositionals: true }).values);

describe('options', () => {
  it('none are the defaults of the window', () => {
    expect(read()).toEqual(defaultOptions);
  });

  it.each([
    [['--from', 'auto'], { base: { kind: 'auto' } }],
    [['--from', 'none'], { base: { kind: 'none' } }],
    [['--from', 'x y'], { base: { kind: 'snapshot', label: 'x y' } }],
    [['--from', '@auto'], { base: { kind: 'snapshot', label: 'auto' } }],
    [['--from', 'tank/home@a'], { base: { kind: 'snapshot', label: 'a' } }],
    [['--from', '#mark'], { base: { kind: 'bookmark', label: 'mark' } }],
    [['--from', 'tank/home#mark'], { base: { kind: 'bookmark', label: 'mark' } }],
    [['--intermediates', 'no'], { intermediates: false }],
    [['--on-divergence', 'set-aside'], { onDivergence: 'set-aside' }],
    [['--on-divergence=rollback'], { onDivergence: 'rollback' }],
    [['--partial', 'discard'], { partial: 'discard' }],
    [['--limit', '50M'], { limit: 52_428_800 }],
    [['--raw', 'no'], { raw: 'no' }],
    [['--readonly', 'leave'], { receive: { ...defaultOptions.receive, readonly: 'leave' } }],
    [['--package', 'replication'], { package: 'replication' }],
    [['--property', 'compression=zstd'], { receive: { ...defaultOptions.receive, set: [['compression', 'zstd']] } }],
    [
      ['--exclude-property', 'com.sun:auto-snapshot'],
      { receive: { ...defaultOptions.receive, skip: ['com.sun:auto-snapshot'] } },
    ],
    [['--concurrency', '4'], { concurrency: 4 }],
    [['--mount', 'yes'], { receive: { ...defaultOptions.receive, mount: true } }],
    [['--package', 'single', '--yes'], {}],
    [['--raw', 'no', '--raw', 'yes'], { raw: 'yes' }],
  ])('%j', (words, changed) => {
    expect(read(...words)).toEqual({ ...defaultOptions, ...changed });
  });

  it.each([
    [['--from', ''], 'empty'],
    [['--from', 'tank/home'], '"/"'],
    [['--from', 'a%b'], '"%"'],
    [['--intermediates', 'maybe'], '--intermediates takes yes, no, not "maybe".'],
    [['--on-divergence', 'destroy'], '--on-divergence takes stop, set-aside, rollback, not "destroy".'],
    [['--partial', 'x'], '--partial'],
    [['--raw', 'Yes'], '--raw'],
    [['--readonly', 'true'], '--readonly'],
    [['--mount', ''], '--mount'],
    [['--package', 'everything'], '--package takes single'],
    [['--limit', 'none'], '--limit'],
    [['--concurrency', '0'], '--concurrency takes'],
    [['--property', 'compression'], '--property takes NAME=VALUE'],
    [['--property', 'A B=1'], 'is no property'],
  ])('%j: a usage error that says %s', (words, said) => {
    expect(() => read(...words)).toThrow(UsageError);
    expect(() => read(...words)).toThrow(said);
  });
});

describe('rates', () => {
  it.each([
    ['1', 1],
    ['1000', 1000],
    ['1k', 1024],
    ['50M', 52_428_800],
    ['1.5G', 1_610_612_736],
    ['2 MiB/s', 2_097_152],
    ['2MB', 2_097_152],
    ['1T', 2 ** 40],
    ['0.5k', 512],
  ])('%s is %i bytes per second', (text, bytes) => {
    expect(parseRate(text)).toBe(bytes);
  });

  it.each(['', '0', '0M', '-1', '50X', 'M', '1e6', '1,5M', '50M extra', 'Infinity', '9000000T', '0.0001'])(
    '%j is none',
    (text) => {
      expect(() => parseRate(text)).toThrow(UsageError);
    },
  );
});
