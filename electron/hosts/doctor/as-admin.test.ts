/** What is run as root, with a sudo that knows one password. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Ask, localShell, type Shell } from '../../ssh/index.ts';
import { runAsAdmin } from './as-admin.ts';

const SUDO = `#!/bin/sh
echo "$@" >>"$ARGUMENTS"
IFS= read -r password
[ "$password" = right ] || { echo "Sorry, try again." >&2; exit 1; }
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
`;

describe.skipIf(process.platform === 'win32')('a command as root', () => {
  let folder: string;
  let shell: Shell;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-as-admin-'));
    writeFileSync(join(folder, 'sudo'), SUDO);
    chmodSync(join(folder, 'sudo'), 0o700);
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    vi.stubEnv('ARGUMENTS', join(folder, 'arguments'));
    shell = localShell();
  });
  afterEach(async () => {
    await shell.close();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param answers of a person, one a question; null: none is given */
  function asked(answers: readonly (string | null)[]) {
    const again: boolean[] = [];
    const secrets: (string | null)[] = [];
    const account = 'bob@nas:22 through ann@edge:22';
    const ask: Ask = async (question) => {
      const answer = answers[again.length] ?? null;
      again.push(question.again);
      secrets.push(question.secret);
      return answer === null ? null : [answer];
    };
    const made = join(folder, 'made');
    const run = (root = false) =>
      runAsAdmin({ shell, ask, hostName: 'nas', address: 'bob@nas:22', account, user: 'bob', root }, ['touch', made]);
    return { again, secrets, made, run };
  }

  it('is run with the password that a person gives, asked again while it is wrong; it is in no argument list', async () => {
    const { again, secrets, made, run } = asked(['wrong', 'right']);
    await run();
    expect(secrets).toEqual(Array(2).fill('sudo:bob@nas:22 through ann@edge:22'));
    expect(existsSync(made)).toBe(true);
    expect(again).toEqual([false, true]);
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toBe(`-S -k -p  -- touch ${made}\n`.repeat(2));
  });

  it('is not run without a password, or after three wrong ones', async () => {
    const nobody = asked([null]);
    await expect(nobody.run()).rejects.toMatchObject({ failure: { code: 'password-needed' } });
    const guessing = asked(['a', 'b', 'c', 'right']);
    await expect(guessing.run()).rejects.toMatchObject({
      failure: { code: 'fix-failed', cause: 'Sorry, try again.' },
    });
    expect(guessing.again).toEqual([false, true, true]);
    expect(existsSync(guessing.made)).toBe(false);
  });

  it('needs no password where commands run as root anyway', async () => {
    const { again, made, run } = asked([]);
    await run(true);
    expect(existsSync(made)).toBe(true);
    expect(again).toEqual([]);
  });
});
