import { describe, expect, it } from 'vitest';
import { describeZfs, readOptionLetters, showZfs } from './capabilities.ts';
import { openzfs08, openzfs239, solaris114, zfsFuse07 } from './testing/usage.ts';

const LINUX = 'Linux 6.12.48+deb13-cloud-amd64 #1 SMP PREEMPT_DYNAMIC Debian\n';
const none = { status: 2, stdout: '' };
const version = { status: 0, stdout: 'zfs-2.3.9-0+deb13u1\nzfs-kmod-2.3.8-1\n' };
const probe = (parts: Partial<Parameters<typeof describeZfs>[0]>) =>
  describeZfs({
    uname: LINUX,
    zfsVersion: version,
    sendUsage: openzfs239.send,
    receiveUsage: openzfs239.receive,
    ...parts,
  });

describe('option letters', () => {
  it.each([
    ['send [-DLPbcehnpsVvw] [-i|-I snapshot]', 'DILPVbcehinpsvw'],
    ['[-R [-X dataset[,dataset]...]]     <snapshot>', 'RX'],
    ['send [-RDp] [-[iI] snapshot] <snapshot>', 'DIRip'],
    ['send [-DnPpRvLecwhb] [-[i|I] snapshot] <snapshot>', 'DILPRbcehinpvw'],
    ['receive [-vnF] -d <filesystem>', 'Fdnv'],
    ['[-d | -e] <filesystem>', 'de'],
    ['[-o <property>=<value>] ... [-x <property>] ...', 'ox'],
    ['send [-PnVv] --saved filesystem', 'PVnv'],
    ['--redact <bookmark> <built-in>', ''],
    ['', ''],
  ])('of %j', (usage, letters) => {
    expect(readOptionLetters(usage).join('')).toBe(letters);
  });
});

describe('OpenZFS 2.3.9 (recorded)', () => {
  it('has every letter, and says two versions', () => {
    expect(probe({})).toEqual({
      dialect: 'openzfs',
      version: '2.3.9-0+deb13u1',
      kernel: '2.3.8-1',
      system: LINUX.trim(),
      capabilities: {
        send: [...'DILPRVXbcehinpstvw'],
        receive: [...'AFMdehnosuvx'],
        bookmarks: true,
        holds: true,
        parsableList: true,
        written: true,
      },
    });
  });

  it('one line of version is enough: the kernel module may not be loaded', () => {
    expect(probe({ zfsVersion: { status: 0, stdout: 'zfs-2.2.2\n' } })).toMatchObject({
      version: '2.2.2',
      kernel: null,
    });
  });
});

describe('OpenZFS 0.7, which has no `zfs version`', () => {
  it('is told from zfs-fuse by its resumable sends', () => {
    expect(probe({ zfsVersion: none, sendUsage: openzfs08.send, receiveUsage: openzfs08.receive })).toMatchObject({
      dialect: 'openzfs',
      version: null,
      capabilities: { send: [...'DILPRbcehinptvw'], receive: [...'AFdehnosuvx'] },
    });
  });
});

describe('zfs-fuse 0.7 (recorded)', () => {
  const fuse = probe({ zfsVersion: none, sendUsage: zfsFuse07.send, receiveUsage: zfsFuse07.receive });

  it('has few letters, and two that it does not show', () => {
    expect(fuse).toMatchObject({
      dialect: 'legacy',
      version: null,
      capabilities: {
        send: [...'DIRip'],
        receive: [...'Fdenuv'],
        bookmarks: false,
        holds: false,
        parsableList: false,
        written: false,
      },
    });
  });

  it('letters of other commands do not count where the usage of all is printed', () => {
    expect(probe({ zfsVersion: none, sendUsage: zfsFuse07.all, receiveUsage: zfsFuse07.all })).toEqual(fuse);
  });
});

describe('SunOS', () => {
  it.each(['SunOS 5.11 omnios-r151046-1', 'SunOS 5.11 joyent_20230601T000000Z', 'SunOS 5.11 illumos-8b3e0f5'])(
    '%s is illumos',
    (uname) => {
      expect(
        probe({ uname, zfsVersion: none, sendUsage: openzfs08.send, receiveUsage: openzfs08.receive }),
      ).toMatchObject({
        dialect: 'illumos',
        version: null,
        capabilities: { bookmarks: true, holds: true, parsableList: true },
      });
    },
  );

  it('Solaris has letters that mean other things, and lists by `get` only', () => {
    const solaris = probe({
      uname: 'SunOS 5.11 11.4.42.111.0\n',
      zfsVersion: none,
      sendUsage: solaris114.send,
      receiveUsage: solaris114.receive,
    });
    expect(solaris).toMatchObject({ dialect: 'solaris', capabilities: { bookmarks: false, parsableList: false } });
    expect(solaris?.capabilities.send).not.toContain('t');
  });
});

describe('OpenZFS that tells its version', () => {
  it('is OpenZFS, whatever its usage leaves out', () => {
    expect(probe({ sendUsage: zfsFuse07.send, receiveUsage: zfsFuse07.receive })).toMatchObject({
      dialect: 'openzfs',
      capabilities: { send: [...'DIRip'], receive: [...'Fdnv'] },
    });
  });
});

describe('no ZFS', () => {
  it('where only one of the two commands answers, nothing is made up for the other', () => {
    expect(probe({ sendUsage: '' })).toBeNull();
    expect(probe({ receiveUsage: '' })).toBeNull();
  });

  it.each(['', 'sh: 1: zfs: not found\n', 'bash: line 1: zfs: command not found\n-bash: -x: what\n'])(
    'with %j',
    (stderr) => {
      expect(probe({ zfsVersion: { status: 127, stdout: '' }, sendUsage: stderr, receiveUsage: stderr })).toBeNull();
    },
  );
});

it.each([
  [probe({}), 'OpenZFS 2.3.9-0+deb13u1'],
  [probe({ zfsVersion: none, sendUsage: zfsFuse07.send, receiveUsage: zfsFuse07.receive }), /pool version 28/],
])('is said for people', (zfs, said) => {
  expect(zfs === null ? '' : showZfs(zfs)).toMatch(said);
});
