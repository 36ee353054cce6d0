/** That each dialog of the window is looked at with axe somewhere in the browser tests. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** What the others are made of. */
const PARTS = new Set(['Modal', 'TextDialog']);

const dialogs = globSync('renderer/**/*.tsx', { cwd: root })
  .filter((file) => /<(?:Modal|TextDialog)\b/.test(textOf(file)))
  .map((file) => path.basename(file, '.tsx'))
  .filter((name) => !PARTS.has(name));
const looks = globSync('test/e2e/*.test.ts', { cwd: root }).map(textOf).join('\n');

it('finds the dialogs', () => expect(dialogs.length).toBeGreaterThan(10));

it.each(dialogs)('%s', (dialog) => expect(looks).toContain(`expectDialog(page, '${dialog}')`));
