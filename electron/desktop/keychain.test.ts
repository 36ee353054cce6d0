import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeychain, type SafeStorageParts } from './keychain.ts';

const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));

const storage = (changes: Partial<SafeStorageParts> = {}): SafeStorageParts => ({
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => flip(Buffer.from(text)),
  decryptStringAsync: async (bytes) => ({ result: flip(bytes).toString(), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  ...changes,
});

describe('the keychain', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-keychain-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps a secret as ciphertext, for its owner only, until it is deleted', async () => {
    const keychain = await openKeychain(storage(), folder, 'linux');
    await keychain?.set('password:root@nas:22', 'Tr0ub4dor');
    const file = join(folder, 'secrets.json');
    expect(readFileSync(file, 'utf8')).not.toContain('Tr0ub4dor');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await openKeychain(storage(), folder, 'linux');
    expect(await again?.get('password:root@nas:22')).toBe('Tr0ub4dor');
    expect(await again?.get('other')).toBeNull();
    await again?.delete('password:root@nas:22');
    expect(await again?.get('password:root@nas:22')).toBeNull();
  });

  it.each<[string, Partial<SafeStorageParts>]>([
    ['there is none', { isAsyncEncryptionAvailable: async () => false }],
    ['it cannot be asked', { isAsyncEncryptionAvailable: () => Promise.reject(new Error('no session bus')) }],
    ['it encrypts with a password that everybody knows', { getSelectedStorageBackend: () => 'basic_text' }],
  ])('is not used where %s', async (_, changes) => {
    expect(await openKeychain(storage(changes), folder, 'linux')).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });
});
