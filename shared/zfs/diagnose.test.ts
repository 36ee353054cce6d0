import { describe, expect, it } from 'vitest';
import { commandFailure, diagnose, diagnoseTransfer, saysAlreadySo } from './diagnose.ts';

/** Code, what the sender said, what the receiver said: recorded from OpenZFS 2.3.9 unless marked. */
const READ_NOTHING = 'cannot receive: failed to read from stream\n';
const failures: readonly (readonly [code: string, source: string, destination: string])[] = [
  [
    'destination-changed',
    '',
    'cannot receive incremental stream: destination D/f has been modified\nsince most recent snapshot\n',
  ],
  [
    'destination-changed',
    '',
    'cannot receive resume stream: destination D/ei has been modified\nsince most recent snapshot\n',
  ],
  [
    'base-not-newest',
    '',
    'cannot receive incremental stream: most recent snapshot of D/f does not\nmatch incremental source\n',
  ],
  ['same-name-other-snapshot', '', 'cannot restore to D/f@s9: destination already exists\n'],
  [
    'destination-exists',
    '',
    "cannot receive new filesystem stream: destination 'D/f' exists\nmust specify -F to overwrite it\n",
  ],
  [
    'destination-exists',
    '',
    'cannot receive new filesystem stream: destination has snapshots (eg. D/f@s4)\nmust destroy them to overwrite it\n',
  ],
  [
    'destination-exists',
    '',
    "cannot receive new filesystem stream: destination 'D/cl' is a clone\nmust destroy it to overwrite it\n",
  ],
  ['mountpoint-in-use', '', "cannot unmount '/D/e2': pool or dataset is busy\n"],
  ['no-space', '', 'cannot receive new filesystem stream: out of space\n'],
  ['no-space', '', 'cannot receive new filesystem stream: destination D/q/x space quota exceeded.\n'],
  ['snapshot-gone', "cannot open 'S/f@nope': dataset does not exist\n", READ_NOTHING],
  ['snapshot-gone', "warning: cannot send 'S/f@s4': incremental source (S/f#nope) does not exist\n", READ_NOTHING],
  [
    'snapshot-gone',
    "cannot send S/f@5 recursively: snapshot S/f/child@5 does not exist\nwarning: cannot send 'S/f@5': backup failed\n",
    READ_NOTHING,
  ],
  ['base-wrong', "warning: cannot send 'S/f@s2': not an earlier snapshot from the same fs\n", READ_NOTHING],
  ['base-wrong', 'Error: multiple snapshots cannot be sent from a bookmark.\n', READ_NOTHING],
  [
    'parent-missing',
    '',
    "cannot open 'D/x/y': dataset does not exist\ncannot receive new filesystem stream: unable to restore to destination\n",
  ],
  [
    'parent-missing',
    '',
    "cannot open 'NOPE': dataset does not exist\ncannot receive new filesystem stream: unable to restore to destination\n",
  ],
  ['parent-missing', '', "cannot receive incremental stream: destination 'D/missing' does not exist\n"],
  ['parent-not-filesystem', '', "cannot receive new filesystem stream: parent 'D/v' is not a filesystem\n"],
  ['invalid-name', '', 'cannot receive: invalid name\n'],
  ['text-before-stream', '', 'cannot receive: invalid stream (bad magic number)\n'],
  ['stream-cut', '', 'cannot receive new filesystem stream: incomplete stream\n'],
  [
    'stream-cut',
    '',
    'cannot receive new filesystem stream: checksum mismatch or incomplete stream.\nPartially received snapshot is saved.\nA resuming stream can be generated on the sending system by running:\n    zfs send -t 1-939bee31d-b0-789c63\n',
  ],
  ['stream-cut', '', READ_NOTHING],
  ['stream-damaged', '', 'cannot receive new filesystem stream: checksum mismatch\n'],
  [
    'stream-damaged',
    '',
    "/*stdin*\\ : Decoding error (36) : Restored data doesn't match checksum \ncannot receive: invalid argument\n",
  ],
  ['stream-damaged', '', 'Error 66 : Decompression error : ERROR_contentChecksum_invalid \n'],
  ['pool-read-only', '', 'cannot receive new filesystem stream: pool is read-only\n'],
  ['pool-suspended', '', "cannot open 'D': pool I/O is currently suspended\n"],
  ['pool-suspended', "cannot open 'S/f@1': pool I/O is currently suspended\n", READ_NOTHING],
  ['feature-missing', '', 'cannot receive new filesystem stream: pool must be upgraded to receive this stream.\n'],
  ['feature-missing', '', 'cannot receive: stream has unsupported feature, feature flags = 420000\n'],
  [
    'feature-missing',
    '',
    "cannot receive: stream has deprecated feature: dedup, try 'zstream redup [send in a file] | zfs recv [...]'\n",
  ],
  ['feature-missing', '', 'cannot receive new filesystem stream: Encryption feature not enabled.\n'],
  [
    'large-blocks-before',
    '',
    'cannot receive incremental stream: incremental send stream requires -L (--large-block), to match previous receive.\n',
  ],
  [
    'raw-needed',
    "cannot send S/enc@1: encrypted dataset S/enc may not be sent with properties without the raw flag\nwarning: cannot send 'S/enc@1': backup failed\n",
    READ_NOTHING,
  ],
  ['key-not-loaded', "warning: cannot send 'S/enc@1': dataset key must be loaded\n", READ_NOTHING],
  ['key-not-loaded', '', 'cannot receive incremental stream: inherited key must be loaded\n'],
  [
    'raw-mixed',
    '',
    'cannot receive incremental stream: cannot perform raw receive on top of existing unencrypted dataset\n',
  ],
  [
    'raw-mixed',
    '',
    "cannot receive incremental stream: IV set guid mismatch. See the 'zfs receive' man page section\n discussing the limitations of raw encrypted send streams.\n",
  ],
  [
    'encryption-refused',
    '',
    "cannot receive new filesystem stream: encryption property 'encryption' cannot be set or excluded for raw streams.\n",
  ],
  [
    'encryption-refused',
    '',
    'cannot receive new filesystem stream: incompatible embedded data stream feature with encrypted receive.\n',
  ],
  [
    'encryption-refused',
    '',
    'cannot receive new filesystem stream: zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite an unencrypted one with an encrypted one\n',
  ],
  ['busy', '', 'cannot receive incremental stream: dataset is busy\n'],
  [
    'partial-in-the-way',
    '',
    'cannot receive incremental stream: destination D/r2 contains partially-complete state from "zfs receive -s".\n',
  ],
  ['token-stale', 'cannot resume send: resume token is corrupt (incorrect checksum)\n', READ_NOTHING],
  ['token-stale', "cannot resume send: 'S/r@2' used in the initial send no longer exists\n", READ_NOTHING],
  [
    'token-stale',
    "cannot resume send: 'S/r@2' is no longer the same snapshot used in the initial send\n",
    READ_NOTHING,
  ],
  ['token-stale', 'cannot resume send: incremental source 0x5253b2922e118cd no longer exists\n', READ_NOTHING],
  [
    'partial-gone',
    '',
    "cannot receive resume stream: Resuming recv on existing destination 'D/r3'\nmust specify -F to overwrite it\n",
  ],
  ['partial-gone', '', "cannot receive resume stream: destination 'D/nostate' does not exist\n"],
  ['partial-gone', '', 'cannot receive resume stream: kernel modules must be upgraded to receive this stream.\n'],
  ['permission-denied', "warning: cannot send 'S/f@1': permission denied\n", READ_NOTHING],
  ['permission-denied', "cannot hold: permission denied\ncannot send 'S/f': permission denied\n", READ_NOTHING],
  ['permission-denied', '', 'cannot receive new filesystem stream: permission denied\n'],
  ['permission-denied', 'Permission denied the ZFS utilities must be run as root.\n', READ_NOTHING],
  ['elevation-refused', 'sudo: a password is required\n', READ_NOTHING],
  [
    'elevation-refused',
    '',
    'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n',
  ],
  ['elevation-refused', '', 'sudo: sorry, you must have a tty to run sudo\n'],
  [
    'not-a-snapshot',
    "warning: cannot send 'S/f': target is busy; if a filesystem, it must not be mounted\n",
    READ_NOTHING,
  ],
  // From the sources of 2.3.
  [
    'large-blocks-needed',
    'source snapshot contains large microzaps, need -L (--large-block) or -w (--raw) to generate stream\n',
    READ_NOTHING,
  ],
  // zfs-fuse 0.7.
  ['snapshot-gone', 'WARNING: could not send S/f@nope: does not exist\n', READ_NOTHING],
  ['snapshot-gone', "warning: cannot send 'S/f@s4': incremental source (@nope) does not exist\n", READ_NOTHING],
  [
    'base-not-newest',
    '',
    'cannot receive incremental stream: most recent snapshot of D/f does not\nmatch incremental source\n',
  ],
  [
    'destination-exists',
    "warning: cannot send 'S/f@s4': Broken pipe\n",
    "cannot receive new filesystem stream: destination 'D/f' exists\nmust specify -F to overwrite it\n",
  ],
  [
    'parent-missing',
    "warning: cannot send 'S/f@s1': Broken pipe\n",
    "cannot open 'D/x/y/z': dataset does not exist\ncannot receive new filesystem stream: dataset does not exist\n",
  ],
  ['input-output', '', 'cannot receive new filesystem stream: I/O error\n'],
  ['stream-cut', '', 'cannot receive: invalid backup stream\n'],
  ['stream-damaged', '', 'cannot receive: invalid stream (checksum mismatch)\n'],
  [
    'text-before-stream',
    "warning: cannot send 'S/f@s1': Broken pipe\n",
    'cannot receive: invalid stream (bad magic number)\n',
  ],
  ['permission-denied', 'connect: Permission denied\ninternal error: failed to initialize ZFS library\n', READ_NOTHING],
  // Shells without ZFS.
  ['zfs-missing', 'bash: line 1: zfs: command not found\n', READ_NOTHING],
  ['zfs-missing', '', 'sh: 1: zfs: not found\n'],
  ['zfs-missing', '', 'sudo: zfs: command not found\n'],
];

describe('a failed transfer', () => {
  it.each(failures)('%s: %j | %j', (code, source, destination) => {
    expect(diagnoseTransfer({ source, destination })).toMatchObject({ code });
  });

  it.each(failures.filter(([, source]) => source !== ''))('%s: the sender alone says as much: %j', (code, source) => {
    const expected = source.includes('Broken pipe') ? 'pipe-broken' : code;
    expect(diagnoseTransfer({ source, destination: '' }).code).toBe(expected);
  });

  it('every cause has words, and what to do', () => {
    for (const [, source, destination] of failures) {
      const found = diagnoseTransfer({ source, destination });
      expect(found.cause).toMatch(/\.$/);
      expect(found.next).toMatch(/\.$/);
    }
  });
});

describe('cause and consequence', () => {
  it.each([
    // Disk error while reading: the receiver only sees its stream end.
    ['input-output', "warning: cannot send 'S/f@1': Input/output error\n", READ_NOTHING],
    [
      'input-output',
      "warning: cannot send 'S/f@1': Input/output error\n",
      'cannot receive new filesystem stream: incomplete stream\n',
    ],
    // The receiver went away: the sender only sees its pipe break.
    ['no-space', "warning: cannot send 'S/f@1': Broken pipe\n", 'cannot receive new filesystem stream: out of space\n'],
    [
      'input-output',
      "warning: cannot send 'S/f@1': signal received\n",
      'cannot receive new filesystem stream: I/O error\n',
    ],
    // Both only see the other gone.
    ['stream-cut', "warning: cannot send 'S/f@1': Broken pipe\n", 'cannot receive: failed to read from stream\n'],
    ['pipe-broken', "warning: cannot send 'S/f@1': Broken pipe\n", ''],
    // The receiver's reason is not in the catalogue: it must not be hidden behind a broken pipe, nor be retried.
    ['command-failed', "warning: cannot send 'S/f@1': Broken pipe\n", 'cannot receive: the moon is full\n'],
    ['command-failed', '', 'cannot receive: the moon is full\n'],
    ['command-failed', 'cannot send: the moon is full\n', ''],
    ['command-failed', '', ''],
    // What ZFS could not do besides (status 0 alone) is not what made it fail.
    [
      'stream-cut',
      '',
      'cannot receive readonly property on D/q: permission denied\ncannot receive new filesystem stream: incomplete stream\n',
    ],
    // Two causes: the receiver's, because a sender that lost its reader may say anything.
    [
      'destination-changed',
      'Permission denied\n',
      'cannot receive incremental stream: destination D/f has been modified\n',
    ],
  ])('%s: %j | %j', (code, source, destination) => {
    expect(diagnoseTransfer({ source, destination }).code).toBe(code);
  });

  it('only faults that may pass are retried', () => {
    const kinds = new Map(
      failures.map(([code, source, destination]) => [code, diagnoseTransfer({ source, destination }).kind]),
    );
    expect([...kinds].flatMap(([code, kind]) => (kind === 'passing' ? [code] : [])).sort()).toEqual([
      'busy',
      'input-output',
      'partial-gone',
      'stream-cut',
      'stream-damaged',
    ]);
    expect(diagnoseTransfer({ source: '', destination: 'what?' }).kind).toBe('permanent');
  });
});

describe('single commands', () => {
  it.each([
    ["cannot create 'D/a': dataset already exists\n", 'name-taken'],
    ["cannot rename 'D/f': dataset already exists\n", 'name-taken'],
    ["cannot unmount '/D/f': permission denied\n", 'permission-denied'],
    ["umount: /D/f: target is busy.\ncannot unmount '/D/f': umount failed\n", 'mountpoint-in-use'],
    ["cannot unmount '/D/f': unmount failed\n", 'mountpoint-in-use'],
    ["cannot unmount '/D/f': Device busy\n", 'mountpoint-in-use'],
    ["cannot rename 'D/f': dataset is busy\n", 'busy'],
    ["'D/r3' does not have any resumable receive state to abort\n", 'partial-gone'],
    ["cannot rollback 'D/bk/x': permission denied\n", 'permission-denied'],
    ['cannot create snapshots : pool is read-only\n', 'pool-read-only'],
    ['repl is not in the sudoers file.\nThis incident has been reported to the administrator.\n', 'elevation-refused'],
    ["Sorry, user repl is not allowed to execute '/usr/sbin/zfs destroy' as root on nas.\n", 'elevation-refused'],
    ['doas: Operation not permitted\n', 'elevation-refused'],
    ['', undefined],
    ['the moon is full\n', undefined],
  ])('%j', (stderr, code) => {
    expect(diagnose(stderr)?.code).toBe(code);
  });

  it('who stands in a mountpoint does not leave by waiting: it is named, and how to find out who it is', () => {
    expect(diagnose("cannot unmount '/backup/my home': pool or dataset is busy\n")).toEqual({
      code: 'mountpoint-in-use',
      kind: 'permanent',
      cause: 'Somebody uses /backup/my home on that host, so that it cannot be unmounted.',
      next: "Leave it there, or find out who uses it with fuser -vm '/backup/my home' or lsof '/backup/my home', then resume the run.",
    });
  });

  it.each([
    ["cannot hold snapshot 'D/f@1': tag already exists on this dataset\n", true],
    ["cannot release hold from snapshot 'D/f@1': no such tag on this dataset\n", true],
    ["cannot create bookmark 'D/f#1': bookmark exists\n", true],
    ["cannot hold snapshot 'D/f@1': permission denied\n", false],
    ["cannot open 'D/f@1': dataset does not exist\n", false],
    ["cannot create 'D/f': dataset already exists\n", false],
    ['', false],
  ])('%j: what was wanted is so already: %s', (stderr, already) => {
    expect(saysAlreadySo(stderr)).toBe(already);
  });

  it('a failure tells what, with which status, and keeps stderr on its side', () => {
    const stderr = 'cannot hold: permission denied\n';
    expect(commandFailure({ what: 'Hold a', side: 'source', status: 1, stderr })).toMatchObject({
      code: 'permission-denied',
      message: 'Hold a failed with status 1.',
      stderr: { source: stderr },
      evidence: { status: 1 },
      kind: 'permanent',
    });
    expect(commandFailure({ what: 'Hold a', side: 'destination', status: null, stderr: '' })).toMatchObject({
      code: 'command-failed',
      message: 'Hold a failed.',
      stderr: { destination: '' },
    });
  });
});
