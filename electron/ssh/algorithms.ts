/**
 * What Sluice offers in the SSH handshake: only what OpenSSL (Node) and BoringSSL (Electron) both have, nothing with
 * SHA-1. ssh2's own defaults are not used, because they change with the crypto library it finds: naming
 * chacha20-poly1305 throws "Unsupported algorithm" under BoringSSL, and group-exchange asks for 8192-bit groups.
 */
import type { CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';

export const KEX: readonly KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group14-sha256',
];

/** Fastest first: in Node 24 without a native binding AES-GCM outruns AES-CTR with a separate MAC. */
export const CIPHERS: readonly CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes256-ctr',
  'aes128-ctr',
];

/** Only used with AES-CTR. */
export const MACS: readonly MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
];

/**
 * Host key algorithms in the order of preference. The order is fixed, so the key that a person is shown is the key
 * that later connections ask for first.
 */
export const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** The name inside the key itself for each algorithm that can sign with it (RFC 8332: RSA keys keep `ssh-rsa`). */
const keyTypeOf = (algorithm: ServerHostKeyAlgorithm): string =>
  algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;

/** The algorithms that are left to ask for when keys of these types have been shown already. */
export function hostKeysExcept(seenTypes: readonly string[]): readonly ServerHostKeyAlgorithm[] {
  return HOST_KEYS.filter((algorithm) => !seenTypes.includes(keyTypeOf(algorithm)));
}
