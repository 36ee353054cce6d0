import { expect, it } from 'vitest';
import { snap } from '../planning/testing/inventories.ts';
import { holdsListing, readHoldTags } from './holds.ts';

it('tags are read as they were given, with spaces in them, and whatever the time looks like', () => {
  expect(holdsListing(['sudo', '-n'], snap('D/f@1'))).toEqual(['sudo', '-n', 'zfs', 'holds', '-H', 'D/f@1']);
  // OpenZFS 2.3.9
  expect(
    readHoldTags('D/my f@1\tkeep this\tSat Nov 21 22:58 2026\nD/my f@1\t.send-7-1\tSat Nov 21 22:59 2026\n'),
  ).toEqual(['keep this', '.send-7-1']);
  expect(readHoldTags('')).toEqual([]);
});
