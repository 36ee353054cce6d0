import { expect, test } from 'vitest';
import { commands, globalOptions } from './command-table.ts';
import { USAGE } from './usage.ts';

const all = Object.assign({}, globalOptions, ...Object.values(commands).map(({ options }) => options));
const options = Object.keys(all);

test.each(Object.keys(commands))('the usage has the command %s', (name) => {
  expect(USAGE).toMatch(new RegExp(`(sluice|\\|) +${name}\\b`));
});

test.each(options.filter((name) => name !== 'help'))('the usage has the option --%s', (name) => {
  expect(USAGE).toMatch(new RegExp(`--${name}\\b`));
});
