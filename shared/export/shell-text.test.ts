import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginning } from './shell-text.ts';

const SHELLS = ['sh', 'bsd-csh', 'tcsh', 'fish', 'zsh'].flatMap((name) => {
  const found = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => `${folder}/${name}`);
  return found.find((file) => existsSync(file)) ?? [];
});

describe.skipIf(process.platform === 'win32')('a command of an exported script', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-shell-text-'));
    // What sshd does: the last argument goes to the account's login shell.
    writeFileSync(join(folder, 'ssh'), '#!/bin/sh\nfor last do :; done\nexec "$LOGIN" -c "$last"\n');
    chmodSync(join(folder, 'ssh'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(SHELLS)('comes whole through the login shell %s', (login) => {
    const script = [
      ...beginning({ kind: 'ssh', argv: ['root@nas'], shown: 'root@nas:22', hostKey: null }, { kind: 'local' }),
      `src printf '%s\\n' "it's" 'a\\b\\\\c' "d\\\\'e" 'so! it !$ is' '$HOME \`id\` *'`,
    ].join('\n');
    const { stdout, stderr } = spawnSync('/bin/sh', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, SSH: join(folder, 'ssh'), LOGIN: login, HOME: folder, XDG_CONFIG_HOME: folder },
    });
    expect([stdout, stderr]).toEqual(["it's\na\\b\\\\c\nd\\'e\nso! it !$ is\n$HOME `id` *\n", '']);
  });
});
