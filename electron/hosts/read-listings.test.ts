import { expect, it } from 'vitest';
import type { Exit, Shell } from '../ssh/index.ts';
import { readListings } from './read-listings.ts';

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
  await expect(readListings(shell, 'nas', [{ listing, optional: false }])).rejects.toMatchObject({
    failure: { code: 'listing-unreadable' },
  });
  expect(isOver).toBe(true);
});
