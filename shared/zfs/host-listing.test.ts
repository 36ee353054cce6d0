import { describe, expect, it } from 'vitest';
import type { Receiving } from '../model/inventory.ts';
import { clockListing, receivesListing } from './host-listing.ts';

describe('the time of a host', () => {
  it('is read, or not told', () => {
    const read = (line: string) => {
      let found: number | null = null;
      clockListing((seconds) => {
        found = seconds;
      }).take(line);
      return found;
    };
    expect(read('1795334400')).toBe(1795334400);
    expect(read('%s')).toBeNull();
  });
});

describe('streams being received', () => {
  const read = (...lines: string[]) => {
    const found: Receiving[] = [];
    const listing = receivesListing((one) => found.push(one));
    for (const line of lines) expect(listing.take(line)).toBeNull();
    return found;
  };
  it('are told by their command, elevated or not', () => {
    expect(
      read(
        '    PID COMMAND',
        '  17200 zfs receive -s -u pldst/my home',
        '17201 sudo -n zfs recv -F pldst/b',
        '17202 /usr/sbin/zfs receive pldst/c@x',
      ),
    ).toEqual([
      { pid: 17200, words: '-s -u pldst/my home' },
      { pid: 17201, words: '-F pldst/b' },
      { pid: 17202, words: 'pldst/c@x' },
    ]);
  });

  it('are not what only speaks of them', () => {
    expect(
      read(
        '9 sh -c exec zfs receive pldst/a',
        '10 grep zfs receive pldst/a',
        '11 zfs send tank/a@b',
        '12 vi zfs receive.txt',
        '13 /bin/sh -c zfs send a@b | zfs receive c',
        '14 [txg_sync]',
      ),
    ).toEqual([]);
  });
});
