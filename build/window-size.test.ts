import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { BUDGET, overBudget } from './window-size.ts';

const file = (name: string, bytes: number) => ({ name, content: randomBytes(bytes) });

it('is content with files within the budget', () => {
  expect(overBudget([file('a.js', 1000), file('a.css', 1000), file('icon.svg', 1_000_000)])).toEqual([]);
});

it('adds files of a kind up, and says which is over', () => {
  const half = Math.ceil((BUDGET.js ?? 0) / 2);
  expect(overBudget([file('a.js', half), file('b.js', half + 1000)])).toEqual([
    expect.stringMatching(/^the window's js is \d+ bytes/),
  ]);
});
