/** With which rights commands run: told by programs that answer as sudo, doas and pfexec do. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Host, HostSchema, type Privilege } from '../../shared/model/host.ts';
import { localShell } from '../ssh/index.ts';
import { probeHost } from './probe.ts';

const host = (privilege: Privilege): Host =>
  HostSchema.parse({
    name: 'nas',
    address: { kind: 'ssh', user: 'bob', host: 'nas', port: 22 },
    identityFile: null,
    privilege,
    hostKey: `SHA256:${'a'.repeat(43)}`,
    practice: false,
  });

describe.skipIf(process.platform === 'win32')('rights', () => {
  let folder: string;
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-probe-'));
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    program('id', 'echo 1000');
    const usage = 'send [-DLPRbcehnpsVvw] [-i|-I snapshot] <snapshot>\\n\\treceive [-vMnsFhu] <filesystem>';
    program(
      'zfs',
      `case $1 in list) exit 0;; version) echo zfs-2.3.4-1; exit 0;; esac; printf 'usage:\\n\\t${usage}\\n' >&2; exit 2`,
    );
    for (const way of ['sudo', 'doas']) program(way, `echo "${way}: a password is required" >&2; exit 1`);
    // As pfexec(1) does without a profile: the command runs as it is.
    program('pfexec', 'exec "$@"');
    program('profiles', 'echo "          Basic Solaris User"; echo "          All"');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const probe = async (privilege: Privilege) => {
    const shell = localShell();
    try {
      return await probeHost(shell, host(privilege));
    } finally {
      await shell.close();
    }
  };

  it('are the user’s own where nothing lets zfs through, also where pfexec has no profile to give', async () => {
    expect(await probe('auto')).toMatchObject({ elevation: [], root: false });
  });

  it('are root’s where zfs answers nobody else', async () => {
    const told = "printf 'usage:\\n\\tsend [-DLPRbcehnpsVvw]\\n\\treceive [-vMnsFhu]\\n' >&2; exit 2";
    program(
      'zfs',
      `[ "$AS" = root ] || { echo 'connect: Permission denied' >&2; exit 1; }; [ "$1" = list ] || { ${told}; }`,
    );
    program('sudo', 'shift; AS=root exec "$@"');
    expect(await probe('auto')).toMatchObject({ elevation: ['sudo', '-n'] });
    await expect(probe('none')).rejects.toMatchObject({ failure: { code: 'zfs-missing' } });
  });

  it('come from a profile by pfexec', async () => {
    program('profiles', 'echo "          File System Management"; echo "          ZFS File System Management"');
    expect(await probe('auto')).toMatchObject({ elevation: ['pfexec'], root: false });
    expect(await probe('pfexec')).toMatchObject({ elevation: ['pfexec'] });
  });

  it.each([
    ['sudo', ['sudo', '-n']],
    ['doas', ['doas', '-n']],
  ] as const)('come from %s where it asks for no password', async (way, elevation) => {
    program(way, 'shift; exec "$@"');
    expect(await probe('auto')).toMatchObject({ elevation, root: true });
  });

  it.each(['sudo', 'doas', 'pfexec'] as const)('are refused by name where the book says %s', async (way) => {
    await expect(probe(way)).rejects.toMatchObject({
      failure: { code: 'elevation-refused', cause: expect.stringMatching(/password is required|No profile/) },
    });
  });
});
