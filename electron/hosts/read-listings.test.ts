import { expect, it, test } from 'vitest';
import type { Exit, Shell } from '../ssh/index.ts';
import { type ListingRequest, readListings } from './read-listings.ts';

it('leaves no command behind whose listing could not be understood', async () => {
  let isOver = false;
  async function* endless(): AsyncGenerator<string, Exit> {
    try {
      for (;;) yield 'nonsense';
    } finally {
      isOver = true;
    }
  }
  const shell = { lines: endless } as unknown as Shell;
  const listing = { argv: ['zfs', 'list'], take: () => 'That is nonsense.', end: () => null } as const;
  await expect(readListings(shell, 'nas', [{ listing, failure: 'fault' }])).rejects.toMatchObject({
    failure: { code: 'listing-unreadable' },
  });
  expect(isOver).toBe(true);
});

/** A host whose only answer is a listing of one line that ended like this. */
function answering(status: number, stderr: string): Shell {
  async function* lines(): AsyncGenerator<string, Exit> {
    yield 'tank/a';
    yield `\u001e0 ${status}`;
    return { status: 0, signal: null, lost: null, stderr: `${stderr}\n\u001e0 ${status}\n` };
  }
  return { lines } as unknown as Shell;
}

const ABSENT = "cannot open 'tank/b': dataset does not exist";
const BROKEN = 'cannot iterate filesystems: I/O error';

test.each<[ListingRequest['failure'], string, boolean]>([
  ['fault', ABSENT, false],
  ['absent', ABSENT, true],
  ['absent', "cannot open 'tank/b c': filesystem does not exist", true],
  ['absent', "cannot open 'tank/b': pool I/O is currently suspended", true],
  ['absent', BROKEN, false],
  ['absent', `${ABSENT}\n${BROKEN}`, false],
  ['absent', '', false],
  ['untold', BROKEN, true],
])('a listing whose failure is %s and that says “%s” is read: %s', async (failure, stderr, isRead) => {
  const taken: string[] = [];
  const take = (line: string) => {
    taken.push(line);
    return null;
  };
  const listing = { argv: ['zfs', 'list', 'tank'], take, end: () => null };
  const reading = readListings(answering(1, stderr), 'nas', [{ listing, failure }]);
  if (isRead) await reading;
  else await expect(reading).rejects.toMatchObject({ failure: { stderr: { source: stderr } } });
  expect(taken).toEqual(['tank/a']);
});
