/**
 * Messages of the receiving end and their causes (OpenZFS 2.3.9 and zfs-fuse 0.7 unless marked); the first that matches
 * wins.
 */
import { type Entry, passing, permanent } from './diagnosis.ts';

/** The code of a refusal that tells how an earlier stream was sent. */
export const LARGE_BLOCKS_BEFORE = 'large-blocks-before';

export const receiveSide: readonly Entry[] = [
  {
    // zstd: /*stdin*\ : Decoding error (36) : Restored data doesn't match checksum / … Data corruption detected
    // lz4: Error 66 : Decompression error : ERROR_contentChecksum_invalid
    // What the receive made of such data is only what this led to.
    message: /Decoding error \(36\)|Decompression error : ERROR_/,
    code: 'stream-damaged',
    kind: passing,
    cause: 'The compressed stream was changed in transit.',
    next: 'It is sent again from the last good place.',
  },
  {
    // cannot receive resume stream: Resuming recv on existing destination 'D/r3' / … destination 'D/r' does not exist
    // / … kernel modules must be upgraded to receive this stream. (said where there is no half-received state)
    // 'D/r3' does not have any resumable receive state to abort
    message:
      /cannot receive resume stream: (Resuming recv on existing|destination .* does not exist|kernel modules must be)|does not have any resumable receive state/,
    code: 'partial-gone',
    kind: passing,
    cause: 'The half-received stream to be resumed no longer exists.',
    next: 'Both ends are read again, and a new plan is made.',
  },
  {
    // cannot receive incremental stream: destination D/f has been modified\nsince most recent snapshot
    message: /destination .* has been modified/,
    code: 'destination-changed',
    kind: permanent,
    cause: 'Something was written to the copy since its newest snapshot; reading files is enough where atime is on.',
    next: 'Plan again: Sluice names what changed and offers to copy to another name, to set the old copy aside, or to roll it back.',
  },
  {
    // cannot receive incremental stream: most recent snapshot of D/f does not\nmatch incremental source
    message: /most recent snapshot of .* does not\s+match incremental source/,
    code: 'base-not-newest',
    kind: permanent,
    cause: 'The newest snapshot of the copy is not the one this stream starts from.',
    next: 'Plan again: the newest common snapshot is looked up again.',
  },
  {
    // cannot receive new filesystem stream: destination 'D/f' exists\nmust specify -F to overwrite it
    // … destination has snapshots (eg. D/f@s4) / … destination 'D/cl' is a clone
    message: /cannot receive new filesystem stream: destination (.* exists|.* is a clone|has snapshots \(eg\. )/,
    code: 'destination-exists',
    kind: permanent,
    cause: 'A full copy was to be received where a dataset already exists.',
    next: 'Choose another name, or plan again for an incremental stream.',
  },
  {
    // cannot restore to D/f@s9: destination already exists
    message: /cannot restore to .*: destination already exists/,
    code: 'same-name-other-snapshot',
    kind: permanent,
    cause: 'The copy has a different snapshot with this name.',
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
    next: 'Plan again: it is resumed if it still fits.',
  },
  {
    // cannot open 'D/x/y': dataset does not exist\n…unable to restore to destination
    // fuse: cannot open 'D/x/y/z': dataset does not exist\ncannot receive new filesystem stream: dataset does not exist
    message: /unable to restore to destination|destination '.*' does not exist|stream: dataset does not exist/,
    code: 'parent-missing',
    kind: permanent,
    cause: 'The dataset that should take the stream, or its parent, does not exist.',
    next: 'Plan again; it may have been destroyed meanwhile.',
  },
  {
    // cannot receive new filesystem stream: parent 'D/v' is not a filesystem
    message: /parent '.*' is not a filesystem/,
    code: 'parent-not-filesystem',
    kind: permanent,
    cause: 'The dataset above the copy is a volume; nothing can be received below it.',
    next: 'Choose another place for the copy.',
  },
  {
    // cannot receive: invalid name
    message: /cannot receive: invalid name/,
    code: 'invalid-name',
    kind: permanent,
    cause: 'ZFS does not take this name, or with the snapshot’s it is longer than 255 characters.',
    next: 'Choose another, shorter name for the copy.',
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
    cause: 'The stream ended early.',
    next: 'It is resumed from what was kept.',
  },
  {
    // cannot receive … stream: checksum mismatch / fuse: invalid stream (checksum mismatch)
    message: /checksum mismatch/,
    code: 'stream-damaged',
    kind: passing,
    cause:
      'A checksum inside the stream did not match: bytes were changed in transit, or the source reads back something other than it wrote.',
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
    cause: 'The pool lost its devices and is suspended.',
    next: 'Bring the devices back, run zpool clear, then continue.',
  },
  {
    // pool must be upgraded to receive this stream. / stream has unsupported feature, feature flags = 420000
    // stream has deprecated feature: dedup, try 'zstream redup' / Encryption feature not enabled.
    message:
      /pool must be upgraded to receive|stream has (unsupported|deprecated) feature|kernel modules must be upgraded|Encryption feature not enabled/,
    code: 'feature-missing',
    kind: permanent,
    cause: 'The stream uses a feature that the destination pool or its ZFS does not have.',
    next: 'Plan again with simpler streams, or enable the feature there; Sluice never upgrades pools.',
  },
  {
    message: /IV set guid mismatch/,
    code: 'raw-mixed',
    kind: permanent,
    cause:
      'A non-raw update was once received into this raw copy (openzfs#8758). The data is not damaged, but raw updates no longer fit.',
    next: 'Make a new raw copy under another name.',
  },
  {
    // cannot receive incremental stream: cannot perform raw receive on top of existing unencrypted dataset
    message: /cannot perform raw receive on top of existing unencrypted dataset/,
    code: 'raw-mixed',
    kind: permanent,
    cause: 'The copy was not received raw, so it cannot take a raw update.',
    next: 'Plan again without raw, or make a new raw copy under another name.',
  },
  {
    // encryption property 'encryption' cannot be set or excluded for raw streams.
    // incompatible embedded data stream feature with encrypted receive.
    // zfs receive -F cannot be used to destroy an encrypted filesystem …
    message:
      /cannot be set or excluded for raw streams|incompatible embedded data stream feature|zfs receive -F cannot be used/,
    code: 'encryption-refused',
    kind: permanent,
    cause: 'A stream of this kind cannot be received into what is encrypted there.',
    next: 'Plan again, or choose a place for the copy that is encrypted in another way.',
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
    code: LARGE_BLOCKS_BEFORE,
    kind: permanent,
    cause: 'Earlier updates of this copy carried large blocks, but this one does not.',
    next: 'Plan again: that is known now, and the next update carries them, too (-L).',
  },
];
