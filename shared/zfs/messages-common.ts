/**
 * Messages of the sending end, and of anything that both ends may say, and their causes (OpenZFS 2.3.9 and zfs-fuse 0.7
 * unless marked); the first that matches wins.
 */
import { type Entry, passing, permanent } from './diagnosis.ts';
import { quote } from './wire.ts';

export const bothSides: readonly Entry[] = [
  {
    message:
      /used in the initial send no longer exists|is no longer the same snapshot used in the initial send|incremental source 0x[0-9a-f]+ no longer exists|resume token is corrupt/,
    code: 'token-stale',
    kind: permanent,
    cause: 'The snapshot that was being sent, or its base, no longer exists at the source.',
    next: 'Plan again: the half-received data is kept until you decide.',
  },
  {
    // sudo: a password is required / sudo: a terminal is required to read the password / Sorry, user x is not allowed to execute
    message:
      /sudo: a password is required|sudo: a terminal is required|sudo: sorry, you must have a tty|is not allowed to execute|is not in the sudoers file|doas: (Operation not permitted|Authentication required)/,
    code: 'elevation-refused',
    kind: permanent,
    cause: 'The user may not run this command as root without a password.',
    next: 'Allow exactly this command in sudoers (NOPASSWD), or grant the permissions with zfs allow.',
  },
  {
    message: /permission denied|must be run as root|Operation not permitted/i,
    code: 'permission-denied',
    kind: permanent,
    cause: 'The user lacks a ZFS permission on this dataset.',
    next: 'Grant it with zfs allow (source: send,hold,bookmark; destination: receive,create,mount and the properties to set), or use a user with sudo.',
  },
  {
    message: /(zfs|zpool|sudo|doas|pfexec): (command )?not found|not found: (zfs|zpool)|zfs: No such file/,
    code: 'zfs-missing',
    kind: permanent,
    cause: 'There is no zfs command on this host, or not in the usual folders.',
    next: 'Install ZFS, or check the user’s PATH.',
  },
  {
    // cannot open 'S/f@nope': dataset does not exist / fuse: could not send S/f@nope: does not exist
    // cannot send S/f@5 recursively: snapshot S/f/child@5 does not exist
    message:
      /cannot open '.*': dataset does not exist|could not send .*: does not exist|incremental source \(.*\) does not exist|recursively: snapshot .* does not exist/,
    code: 'snapshot-gone',
    kind: permanent,
    cause: 'A planned snapshot or dataset no longer exists.',
    next: 'Plan again from what exists now.',
  },
  {
    // cannot send 'S/f@2': not an earlier snapshot from the same fs / Error: multiple snapshots cannot be sent from a bookmark.
    message: /not an earlier snapshot from the same fs|multiple snapshots cannot be sent from a bookmark/,
    code: 'base-wrong',
    kind: permanent,
    cause: 'The base is not an earlier snapshot of the same dataset.',
    next: 'Plan again.',
  },
  {
    // cannot send S/enc@1: encrypted dataset S/enc may not be sent with properties without the raw flag
    message: /may not be sent with properties without the raw flag/,
    code: 'raw-needed',
    kind: permanent,
    cause: 'An encrypted dataset is sent with its properties only raw.',
    next: 'Plan again.',
  },
  {
    // source snapshot contains large microzaps, need -L …
    message: /contains large microzaps, need -L/,
    code: 'large-blocks-needed',
    kind: permanent,
    cause: 'The snapshot has directories in blocks that only a stream with large blocks carries.',
    next: 'Enable the feature large_blocks on the destination pool, then plan again.',
  },
  {
    // warning: cannot send 'S/f': target is busy; if a filesystem, it must not be mounted
    message: /target is busy; if a filesystem, it must not be mounted/,
    code: 'not-a-snapshot',
    kind: permanent,
    cause: 'A live filesystem was to be sent.',
    next: 'Take a snapshot and plan again.',
  },
  {
    // cannot create 'D/a': dataset already exists / cannot rename 'D/f': dataset already exists
    message: /dataset already exists/,
    code: 'name-taken',
    kind: passing,
    cause: 'A dataset with this name was created meanwhile.',
    next: 'Both ends are read again, and a new plan is made.',
  },
  {
    // cannot unmount '/backup/home': pool or dataset is busy: rename unmounts, and whoever has a shell or a file open there does
    // not leave by waiting. 0.8, after what umount says: umount failed; illumos: Device busy; zfs-fuse: Device or resource busy.
    message: /cannot unmount '(.*)': (?:pool or dataset is busy|un?mount failed|Device (?:or resource )?busy)/,
    code: 'mountpoint-in-use',
    kind: permanent,
    cause: (mountpoint) => `Somebody uses ${mountpoint} on that host, so that it cannot be unmounted.`,
    next: (mountpoint) =>
      `Leave it there, or find out who uses it with fuser -vm ${quote(mountpoint)} or lsof ${quote(mountpoint)}, then resume the run.`,
  },
  {
    message: /dataset is busy|pool or dataset is busy/,
    code: 'busy',
    kind: passing,
    cause: 'Another operation, perhaps another receive, is working on this dataset.',
    next: 'It will be retried.',
  },
  {
    message: /out of memory|Cannot allocate memory/i,
    code: 'out-of-memory',
    kind: passing,
    cause: 'The host ran out of memory.',
    next: 'It will be retried.',
  },
  {
    // warning: cannot send 'S/f@1': Input/output error / fuse: cannot receive new filesystem stream: I/O error
    message: /Input\/output error|I\/O error/,
    code: 'input-output',
    kind: passing,
    cause: 'Reading from or writing to the pool failed.',
    next: 'It will be retried; check zpool status if it persists.',
  },
  {
    // fuse: warning: cannot send 'S/f@s1': Broken pipe / warning: cannot send 'S/f@1': signal received
    message: /[Bb]roken pipe|signal received/,
    code: 'pipe-broken',
    kind: passing,
    cause: 'The other end stopped reading before the stream ended.',
    next: 'It will be retried.',
  },
];
