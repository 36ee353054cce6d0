import { describe, expect, it } from 'vitest';
import { readNames, readSettings, writeNames, writeSettings } from './properties.ts';

describe('properties as they are typed', () => {
  it('are names with values, one a line', () => {
    const text = 'compression=zstd\n\n  com.example:note = a=b \n';
    expect(readSettings(text)).toEqual({
      values: [
        ['compression', 'zstd'],
        ['com.example:note', 'a=b'],
      ],
      fault: null,
    });
  });
  it.each(['compression', '=zstd', 'Compression=zstd', 'a b=c'])('say which line cannot be read: %s', (line) => {
    expect(readSettings(`atime=off\n${line}`)).toEqual({ values: [['atime', 'off']], fault: line });
  });
  it('are names alone where the copy does not take them', () => {
    expect(readNames('quota\nrefquota')).toEqual({ values: ['quota', 'refquota'], fault: null });
    expect(readNames('quota=1G').fault).toBe('quota=1G');
  });
  it('come back as they were written', () => {
    const set: [string, string][] = [['compression', 'zstd']];
    expect(readSettings(writeSettings(set)).values).toEqual(set);
    expect(readNames(writeNames(['quota', 'atime'])).values).toEqual(['quota', 'atime']);
  });
});
