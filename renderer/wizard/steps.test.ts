import { expect, it } from 'vitest';
import { isOpen } from './steps.ts';

it('opens steps up to the first that needs a choice, and all when none does', () => {
  expect(isOpen('source', 'source')).toBe(true);
  expect(isOpen('snapshot', 'source')).toBe(false);
  expect(isOpen('destination', 'destination')).toBe(true);
  expect(isOpen('how', 'destination')).toBe(false);
  expect(isOpen('review', null)).toBe(true);
});
