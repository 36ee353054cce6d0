/** What the settings page says of licences, held against the packages that are installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LICENCES } from '../renderer/settings/licences.ts';

const modules = path.join(import.meta.dirname, '..', 'node_modules');

it.each(LICENCES.map((entry) => [...entry] as const))('%s is under %s', (name, licence) => {
  const told: unknown = JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8'));
  // ssh2 is old enough to say it in a list of its own.
  const words = JSON.stringify(
    Object.entries(told as Record<string, unknown>).filter(([key]) => /licen[cs]e/i.test(key)),
  );
  expect(words).toContain(licence);
});
