import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NO_PROGRAM } from '../shared/export/schedule.ts';
import type { PracticeDialects } from '../shared/model/practice.ts';
import { parseCommand } from './cli/command-table.ts';
import { many } from './cli/options.ts';
import { resolveStateDir } from './hosts/state-dir.ts';
import { onState, programBeside } from './own-program.ts';
import { parsePracticeDialects } from './practice-dialects.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-program-'));
  for (const folder of ['dist', 'app.asar/dist', 'empty']) {
    mkdirSync(join(root, folder), { recursive: true });
    if (folder !== 'empty') writeFileSync(join(root, folder, 'cli.js'), '');
  }
});
afterAll(() => rmSync(root, { recursive: true }));

it('calls what lies beside the window’s program, by absolute paths', () => {
  expect(programBeside(join(root, 'dist'), '/opt/node')).toEqual(['/opt/node', join(root, 'dist', 'cli.js')]);
});

it.each([
  ['in an archive', 'app.asar/dist', '/opt/node'],
  ['not built', 'empty', '/opt/node'],
  ['without a Node', 'dist', null],
])('calls nothing that could not be run: %s', (_what, folder, node) => {
  expect(programBeside(join(root, folder), node)).toEqual(NO_PROGRAM);
});

it.each<[string, PracticeDialects | null]>([
  ['real hosts', null],
  ['practice hosts', {}],
  ['practice hosts of other dialects', { laptop: 'solaris-11.4', backupbox: 'illumos' }],
])('finds the same state again: %s', (_what, practice) => {
  const stateDir = resolveStateDir({ argument: root, practice: practice !== null });
  const { words } = parseCommand([...onState([], stateDir, practice), 'hosts']);
  const argument = typeof words['state-dir'] === 'string' ? words['state-dir'] : null;
  expect(resolveStateDir({ argument, practice: words.practice === true })).toBe(stateDir);
  expect(parsePracticeDialects(many(words['practice-dialect']))).toEqual({ ok: true, value: practice ?? {} });
});
