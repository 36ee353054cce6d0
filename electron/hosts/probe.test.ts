/** With which rights commands run: told by programs that answer as sudo, doas and pfexec do. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Host, Privilege } from '../../shared/model/host.ts';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { localShell } from '../ssh/index.ts';
import { probeHost } from './probe.ts';
import { ToolBook } from './tool-memory.ts';

const host = (privilege: Privilege): Host =>
  sshHost('nas', { address: { kind: 'ssh', user: 'bob', host: 'nas', port: 22 }, privilege });

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
  const probe = async (privilege: Privilege, memory: ToolBook | null = null) => {
    const shell = localShell();
    try {
      return await probeHost(shell, host(privilege), memory);
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
    await expect(probe('none')).rejects.toMatchObject({
      failure: {
        code: 'zfs-not-answering',
        cause: 'connect: Permission denied',
        evidence: { hostName: expect.any(String) },
      },
    });
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

  describe('of programs that are remembered', () => {
    let stored: unknown;
    const book = () =>
      new ToolBook({
        get: () => stored,
        set: (_, hosts) => {
          stored = structuredClone(hosts);
        },
      });
    const asked = join(tmpdir(), `sluice-probe-asked-${process.pid}`);
    /** zfs, noting with what it was called. */
    const notingZfs = (version: string) =>
      program(
        'zfs',
        `echo "$1" >>${asked}; case $1 in list) exit 0;; version) echo zfs-${version}-1; exit 0;; esac; printf 'usage:\\n\\tsend [-DLPRbcehnpsVvw]\\n\\treceive [-vMnsFhu]\\n' >&2; exit 2`,
      );
    const askedOf = () => readFileSync(asked, { encoding: 'utf8', flag: 'a+' }).trim().split('\n');
    beforeEach(() => {
      stored = undefined;
      notingZfs('2.3.4');
    });
    afterEach(() => rmSync(asked, { force: true }));

    it('zfs is not asked again, but the ways to rights are', async () => {
      const first = await probe('auto', book());
      expect(askedOf()).toContain('send');
      rmSync(asked);
      program('sudo', 'shift; exec "$@"');
      const second = await probe('auto', book());
      expect(askedOf()).toEqual(['list']);
      expect(second).toEqual({ zfs: first.zfs, elevation: ['sudo', '-n'], root: true });
    });

    it('of root nothing is asked but who it is', async () => {
      program('id', 'echo 0');
      await probe('auto', book());
      rmSync(asked);
      expect(await probe('auto', book())).toMatchObject({ elevation: [], root: true });
      expect(askedOf()).toEqual(['']);
    });

    it('other programs are asked afresh, and so is where the memory cannot be read', async () => {
      await probe('auto', book());
      notingZfs('2.4.0-rc1');
      expect(await probe('auto', book())).toMatchObject({ zfs: { version: '2.4.0-rc1-1' } });
      stored = { '["nas"]': 'what?' };
      rmSync(asked);
      await probe('auto', book());
      expect(askedOf()).toContain('send');
    });

    it('what is remembered is of one host at one address', async () => {
      await probe('auto', book());
      const elsewhere = { ...host('auto'), name: 'nas2' };
      expect(book().knows(host('auto'))).toBe(true);
      expect(book().knows(elsewhere)).toBe(false);
    });
  });
});
