import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { BUDGET, overBudget } from './window-size.ts';

const file = (name: string, bytes: number, first = true) => ({ name, content: randomBytes(bytes), first });

it('is content with files within the budget', () => {
  expect(overBudget([file('a.js', 1000), file('a.css', 1000), file('icon.svg', 1_000_000)])).toEqual([]);
});

it('adds files of a kind up, and says which is over', () => {
  const half = Math.ceil(BUDGET['first script'] / 2);
  expect(overBudget([file('a.js', half), file('b.js', half + 1000)])).toEqual([
    expect.stringMatching(/^the window's first script is \d+ bytes/),
  ]);
});

it('does not count what is loaded later among what is there first', () => {
  const most = BUDGET['script of one language'];
  const page = file('index.js', BUDGET['first script'] - 1000);
  expect(overBudget([page, file('german.js', most - 1000, false)])).toEqual([]);
  expect(overBudget([page, file('german.js', most + 1000, false)])).toEqual([
    expect.stringMatching(/^the window's script of one language is \d+ bytes/),
  ]);
});
