/**
 * What stderr of `zfs send`, `zfs receive` and their helpers means: one entry a cause, each with the exact message it
 * answers to (seen on OpenZFS 2.3.9 and zfs-fuse 0.7 unless marked). The first entry that matches wins; texts of the
 * receiving end are looked at first, because a sender only says that its pipe broke.
 */
import type { FailureParts } from '../model/failure.ts';

export interface Diagnosis {
  readonly code: string;
  readonly cause: string;
  readonly next: string;
  readonly kind: 'passing' | 'permanent';
}

interface Entry extends Diagnosis {
  readonly message: RegExp;
}

const passing = 'passing' as const;
const permanent = 'permanent' as const;

const receiveSide: readonly Entry[] = [
  {
    // cannot receive incremental stream: destination D/f has been modified\nsince most recent snapshot
    message: /destination .* has been modified/,
    code: 'destination-changed',
    kind: permanent,
    cause:
      'Something was written to the copy since its newest snapshot; reading files is enough where access times are kept.',
    next: 'Plan again: Sluice names what changed and offers to copy to another name, to set the old copy aside, or to roll it back.',
  },
  {
    // cannot receive incremental stream: most recent snapshot of D/f does not\nmatch incremental source
    message: /most recent snapshot of .* does not\s+match incremental source/,
    code: 'base-not-newest',
    kind: permanent,
    cause: 'The newest snapshot of the copy is not the one this stream starts from.',
    next: 'Plan again: the newest common snapshot is looked up afresh.',
  },
  {
    // cannot receive new filesystem stream: destination 'D/f' exists\nmust specify -F to overwrite it
    message: /cannot receive new filesystem stream: destination .* exists|destination has snapshots \(eg\. /,
    code: 'destination-exists',
    kind: permanent,
    cause: 'A full copy was to be received where a dataset is already.',
    next: 'Choose another name, or plan again for an incremental stream.',
  },
  {
    // cannot restore to D/f@s9: destination already exists
    message: /cannot restore to .*: destination already exists/,
    code: 'same-name-other-snapshot',
    kind: permanent,
    cause: 'The copy has a snapshot of this name that is another snapshot.',
    next: 'Rename that snapshot at the destination, then plan again.',
  },
  {
    // cannot receive new filesystem stream: out of space / destination D/q/x space quota exceeded.
    message: /out of space|space quota exceeded|No space left on device|Disk quota exceeded/,
    code: 'no-space',
    kind: permanent,
    cause: 'The destination is full, or a quota above it is reached.',
    next: 'Free space or raise the quota, then continue: what was received is kept.',
  },
  {
    // destination D/r2 contains partially-complete state from "zfs receive -s".
    message: /contains partially-complete state from/,
    code: 'partial-in-the-way',
    kind: permanent,
    cause: 'The copy holds a half-received stream.',
    next: 'Plan again: it is gone on with if it still fits.',
  },
  {
    // cannot open 'D/x/y': dataset does not exist\n…unable to restore to destination
    message: /unable to restore to destination|destination '.*' does not exist/,
    code: 'parent-missing',
    kind: permanent,
    cause: 'The dataset that should take the stream, or its parent, is not there.',
    next: 'Plan again; it may have been destroyed meanwhile.',
  },
  {
    message: /invalid stream \(bad magic number\)/,
    code: 'text-before-stream',
    kind: permanent,
    cause: 'Something printed text before the stream began, such as a shell start-up file of the source’s user.',
    next: 'Remove output from the start-up files (.bashrc, .profile) that non-interactive logins read.',
  },
  {
    // checksum mismatch or incomplete stream.\nPartially received snapshot is saved. / incomplete stream / fuse: invalid backup stream
    message: /incomplete stream|invalid backup stream|failed to read from stream/,
    code: 'stream-cut',
    kind: passing,
    cause: 'The stream ended before its end.',
    next: 'It is gone on with from what is kept.',
  },
  {
    // cannot receive … stream: checksum mismatch / fuse: invalid stream (checksum mismatch)
    message: /checksum mismatch/,
    code: 'stream-damaged',
    kind: passing,
    cause:
      'A checksum inside the stream did not match: bytes were changed on the way, or the source reads back other than it wrote.',
    next: 'It is sent again from the last good place. If it happens again, scrub the source pool.',
  },
  {
    message: /pool is read-only/,
    code: 'pool-read-only',
    kind: permanent,
    cause: 'The destination pool is imported read-only.',
    next: 'Export it and import it writable.',
  },
  {
    message: /pool I\/O is currently suspended/,
    code: 'pool-suspended',
    kind: permanent,
    cause: 'The pool lost its devices and waits.',
    next: 'Bring the devices back, run zpool clear, then continue.',
  },
  {
    // pool must be upgraded to receive this stream. / stream has unsupported feature, feature flags = 420000
    message: /pool must be upgraded to receive|stream has unsupported feature|kernel modules must be upgraded/,
    code: 'feature-missing',
    kind: permanent,
    cause: 'The stream uses a feature that the destination pool or its ZFS does not have.',
    next: 'Plan again with plainer streams, or enable the feature there; pools are never upgraded by Sluice.',
  },
  {
    message: /IV set guid mismatch/,
    code: 'raw-mixed',
    kind: permanent,
    cause:
      'A non-raw update was once put on this raw copy (openzfs#8758). The data is not damaged, but raw updates no longer fit.',
    next: 'Make a new raw copy under another name.',
  },
  {
    message: /inherited key must be loaded|key must be loaded|Key not loaded|Encryption key not loaded/i,
    code: 'key-not-loaded',
    kind: permanent,
    cause: 'An encryption key is not loaded.',
    next: 'Load it with zfs load-key on that host, or send raw.',
  },
  {
    message: /incremental send stream requires -L/,
    code: 'flags-changed',
    kind: permanent,
    cause: 'Earlier updates of this copy carried large blocks, this one does not.',
    next: 'Plan again.',
  },
];

const bothSides: readonly Entry[] = [
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
      /sudo: a password is required|sudo: a terminal is required|sudo: sorry, you must have a tty|is not allowed to execute|doas: (Operation not permitted|Authentication required)/,
    code: 'elevation-refused',
    kind: permanent,
    cause: 'The user may not run this command with root’s rights without a password.',
    next: 'Allow exactly this command in sudoers (NOPASSWD), or grant the rights with zfs allow.',
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
    cause: 'There is no zfs command on this host, or not in the folders where it usually is.',
    next: 'Install ZFS, or check the user’s PATH.',
  },
  {
    // cannot open 'S/f@nope': dataset does not exist / fuse: could not send S/f@nope: does not exist
    message:
      /cannot open '.*': dataset does not exist|could not send .*: does not exist|incremental source \(.*\) does not exist/,
    code: 'snapshot-gone',
    kind: permanent,
    cause: 'A snapshot or dataset that was planned is no longer there.',
    next: 'Plan again from what is there now.',
  },
  {
    message: /not an earlier snapshot from the same fs/,
    code: 'base-wrong',
    kind: permanent,
    cause: 'The base is not an earlier snapshot of the same dataset.',
    next: 'Plan again.',
  },
  {
    message: /dataset is busy|pool or dataset is busy/,
    code: 'busy',
    kind: passing,
    cause: 'Another operation, perhaps another receive, works on this dataset.',
    next: 'It is tried again.',
  },
  {
    message: /out of memory|Cannot allocate memory/i,
    code: 'out-of-memory',
    kind: passing,
    cause: 'The host ran out of memory.',
    next: 'It is tried again.',
  },
  {
    message: /[Bb]roken pipe|signal received|Input\/output error|I\/O error/,
    code: 'input-output',
    kind: passing,
    cause: 'Reading, writing or the pipe between the commands failed.',
    next: 'It is tried again; look at zpool status if it goes on.',
  },
];

const unknown: Diagnosis = {
  code: 'command-failed',
  kind: permanent,
  cause: 'The command failed for a reason that Sluice does not know.',
  next: 'Read what the host said, below.',
};

const match = (entries: readonly Entry[], text: string): Entry | undefined =>
  entries.find((entry) => entry.message.test(text));

/** @returns what one command's stderr means, or null if it is empty or says nothing known */
export function diagnose(stderr: string): Diagnosis | null {
  return match(receiveSide, stderr) ?? match(bothSides, stderr) ?? null;
}

/**
 * @param stderr untouched stderr of both ends of a `send | receive`
 * @returns the cause that explains the failure: the receiver's if it knows one, else the sender's
 */
export function diagnoseTransfer(stderr: { readonly source: string; readonly destination: string }): Diagnosis {
  const destination = match(receiveSide, stderr.destination) ?? match(bothSides, stderr.destination);
  const source = match(bothSides, stderr.source) ?? match(receiveSide, stderr.source);
  // A cut stream or broken pipe at one end is the consequence of what the other end says, where it says more.
  const consequence = new Set(['stream-cut', 'input-output']);
  if (destination !== undefined && !consequence.has(destination.code)) return destination;
  if (source !== undefined && !consequence.has(source.code)) return source;
  return destination ?? source ?? unknown;
}

/** Stderr of bookkeeping commands (hold, release, bookmark) that only says the wanted state is there already. */
export function saysAlreadySo(stderr: string): boolean {
  // cannot hold snapshot 'D/f@1': tag already exists on this dataset
  // cannot release hold from snapshot 'D/f@1': no such tag on this dataset
  // cannot create bookmark 'D/f#1': bookmark exists
  return /tag already exists on this dataset|no such tag on this dataset|bookmark exists/.test(stderr);
}

/** A failure of one command at one end. */
export function commandFailure(parts: {
  readonly what: string;
  readonly side: 'source' | 'destination';
  readonly status: number | null;
  readonly stderr: string;
}): FailureParts {
  const found = diagnose(parts.stderr) ?? unknown;
  return {
    code: found.code,
    message: `${parts.what} failed${parts.status === null ? '' : ` with status ${parts.status}`}.`,
    cause: found.cause,
    next: found.next,
    kind: found.kind,
    stderr: { [parts.side]: parts.stderr },
    evidence: { status: parts.status },
  };
}
