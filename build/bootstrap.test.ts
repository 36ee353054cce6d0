import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-bootstrap-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As npm starts it, from another folder than the checkout. */
function bootstrap(...args: readonly string[]) {
  return spawnSync(process.execPath, [path.join(import.meta.dirname, 'bootstrap.mjs'), ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  });
}

describe('bootstrap', () => {
  it('knows its scripts', () => {
    const { status, stdout, stderr } = bootstrap('nonsense');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('unknown script "nonsense"');
  });

  it('leaves stdout to the program: one JSON document', () => {
    const { status, stdout } = bootstrap('sluice', 'hosts', 'list', '--json', '--state-dir', 'state');
    expect(JSON.parse(stdout)).toBeTypeOf('object');
    expect(status).toBe(0);
  });

  it('hands on the exit status', () => {
    expect(bootstrap('sluice', 'nonsense').status).toBe(64);
  });
});
