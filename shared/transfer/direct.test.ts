import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDatasetName } from '../model/names.ts';
import {
  authorize,
  type DirectWay,
  directSsh,
  hasKnownHostsCommand,
  keyMark,
  keyOptions,
  readScan,
  revoke,
} from './direct.ts';

const dataset = (name: string) => {
  const parsed = parseDatasetName(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};
const way: DirectWay = {
  user: 'backup',
  address: 'fe80::1%eth0',
  port: 2222,
  hostKey: { type: 'ssh-ed25519', blob: 'AAAAC3Nza' },
  knownHostsCommand: true,
};

describe('the source’s ssh', () => {
  it('reads no configuration, asks nothing and takes no key but the pinned one', () => {
    const argv = directSsh(way);
    expect(argv.slice(0, 3)).toEqual(['ssh', '-F', '/dev/null']);
    expect(argv).toEqual(
      expect.arrayContaining([
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        'UserKnownHostsFile=/dev/null',
        'GlobalKnownHostsFile=/dev/null',
        'IdentityFile=none',
        'KnownHostsCommand=/bin/echo sluice-destination ssh-ed25519 AAAAC3Nza',
        'HostKeyAlgorithms=ssh-ed25519',
      ]),
    );
    expect(argv.slice(-6)).toEqual(['-p', '2222', '-l', 'backup', 'fe80::1%eth0', 'forced-by-key']);
  });

  it('an RSA host key is not asked for with SHA-1', () => {
    expect(directSsh({ ...way, hostKey: { type: 'ssh-rsa', blob: 'AA' } })).toContain(
      'HostKeyAlgorithms=rsa-sha2-512,rsa-sha2-256',
    );
  });

  it.skipIf(process.platform === 'win32')('an old ssh gets a file with the key, which is gone afterwards', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-direct-'));
    const fake = join(folder, 'ssh');
    writeFileSync(
      fake,
      '#!/bin/sh\nfor a in "$@"; do case $a in UserKnownHostsFile=*) cat "$(echo "$a" | cut -d= -f2)";; esac; done; exit 7\n',
      {
        mode: 0o755,
      },
    );
    const [program = '', ...args] = directSsh({ ...way, knownHostsCommand: false });
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const ran = spawnSync(program, args, {
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env.PATH}`, TMPDIR: temporary },
    });
    expect(ran).toMatchObject({ status: 7, stdout: 'sluice-destination ssh-ed25519 AAAAC3Nza\n', stderr: '' });
    expect(spawnSync('ls', ['-A', temporary], { encoding: 'utf8' }).stdout).toBe('');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['OpenSSH_10.0p2 Debian-7+deb13u4, OpenSSL 3.5.7', true],
    ['OpenSSH_8.5p1, LibreSSL', true],
    ['OpenSSH_8.4p1 Debian-5', false],
    ['OpenSSH_7.4p1', false],
    ['OpenSSH_9.9 FreeBSD', true],
    ['Sun_SSH_1.1.8', false],
  ])('%s has KnownHostsCommand: %s', (version, expected) => {
    expect(hasKnownHostsCommand(version)).toBe(expected);
  });
});

it('reads what ssh-keyscan prints', () => {
  expect(
    readScan(
      '# 10.0.2.2:38021 SSH-2.0-OpenSSH_10.0p2\n[10.0.2.2]:38021 ssh-ed25519 AAAAC3Nz+/=\n10.0.0.7 ssh-rsa AAAAB3Nz\n\nnonsense\nx y $(id)\n',
    ),
  ).toEqual([
    { type: 'ssh-ed25519', blob: 'AAAAC3Nz+/=' },
    { type: 'ssh-rsa', blob: 'AAAAB3Nz' },
  ]);
});

it('a forced command with a line break is refused', () => {
  expect(() => keyOptions([['zfs', 'receive', '-o', 'note=a\nb', 'tank/x']])).toThrow(RangeError);
});

describe.skipIf(process.platform === 'win32')('authorized_keys', () => {
  let home: string;
  let file: string;
  const receive = ['sudo', '-n', 'zfs', 'receive', '-s', '-o', 'note=it\'s "quoted" \\', 'tank/a b'];
  const mark = keyMark('nas', dataset('tank/a b'));
  const run = ({ argv }: { readonly argv: readonly string[] }, input = '') => {
    const [program = '', ...args] = argv;
    return spawnSync(program, args, { input, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: home } });
  };
  const letIn = () => run(authorize('dst', [receive], mark), 'ssh-ed25519 AAAAKEY\n');
  const takeOut = (which = mark) => run(revoke('dst', which));

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'sluice-home-'));
    file = join(home, '.ssh', 'authorized_keys');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('a home without keys has none afterwards', () => {
    expect(letIn()).toMatchObject({ status: 0, stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const line = readFileSync(file, 'utf8');
    expect(line).toBe(`${keyOptions([receive])} ssh-ed25519 AAAAKEY ${mark}\n`);
    expect(line.startsWith('restrict,command="exec /bin/sh -c ')).toBe(true);
    expect(takeOut()).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(file)).toBe(false);
    expect(takeOut()).toMatchObject({ status: 0, stderr: '' });
  });

  it('what others have written stays, with its mode, also a last line without an end', () => {
    mkdirSync(join(home, '.ssh'));
    writeFileSync(file, '# mine\nssh-rsa AAAA me\nssh-rsa BBBB no end', { mode: 0o640 });
    expect(letIn().status).toBe(0);
    expect(readFileSync(file, 'utf8').split('\n')[2]).toBe('ssh-rsa BBBB no end');
    expect(takeOut().status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('# mine\nssh-rsa AAAA me\nssh-rsa BBBB no end\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(spawnSync('ls', ['-A', join(home, '.ssh')], { encoding: 'utf8' }).stdout).toBe('authorized_keys\n');
  });

  it('a key for another target whose name begins alike stays', () => {
    letIn();
    expect(takeOut(keyMark('nas', dataset('tank/a'))).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('AAAAKEY');
  });

  it('a link is written through, not replaced', () => {
    mkdirSync(join(home, '.ssh'));
    writeFileSync(join(home, 'keys'), 'ssh-rsa AAAA me\n');
    symlinkSync(join(home, 'keys'), file);
    letIn();
    expect(readFileSync(join(home, 'keys'), 'utf8')).toContain('AAAAKEY');
    takeOut();
    expect(readFileSync(join(home, 'keys'), 'utf8')).toBe('ssh-rsa AAAA me\n');
  });

  it('without a key on stdin nothing is written', () => {
    expect(run(authorize('dst', [receive], mark)).status).not.toBe(0);
    expect(existsSync(file)).toBe(false);
  });
});
