/** Fingerprints, and the check of a host's key against the pinned one. */
import { createHash } from 'node:crypto';
import type { ShownKey } from './faults.ts';

/** `SHA256:` and base64 without padding, the form of `ssh-keygen -l`. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a public key blob names itself: its first string (RFC 4253, section 6.6). */
export function typeOfKey(key: Buffer): string {
  if (key.length < 4) return 'unknown';
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

export interface HostKeyCheck {
  /** The only fingerprint that is accepted; null accepts none. */
  readonly pinned: string | null;
  /**
   * ssh2's `hostVerifier`. It is called at every re-key as well (250 times in a transfer of 1 GiB with `RekeyLimit
   * 8M`), so it compares and never asks anybody.
   */
  readonly verify: (key: Buffer) => boolean;
  /** The key that was refused; null if none was. */
  readonly refused: () => ShownKey | null;
  /** The same as the host sent it. */
  readonly refusedKey: () => Buffer | null;
}

/**
 * @param pinned the only fingerprint that is accepted; null accepts none (to look at a key without going on)
 */
export function hostKeyCheck(pinned: string | null): HostKeyCheck {
  let refused: ShownKey | null = null;
  let refusedKey: Buffer | null = null;
  return {
    pinned,
    verify: (key) => {
      const fingerprint = fingerprintOf(key);
      if (fingerprint === pinned) return true;
      refused = { type: typeOfKey(key), fingerprint };
      refusedKey = Buffer.from(key);
      return false;
    },
    refused: () => refused,
    refusedKey: () => refusedKey,
  };
}
