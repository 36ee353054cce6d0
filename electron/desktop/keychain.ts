/**
 * Secrets that outlive the session: encrypted by the operating system's keychain, kept as ciphertext in `secrets.json` of
 * the state folder.
 */
import type { SafeStorage } from 'electron';
import type { Keychain } from '../hosts/secrets.ts';
import { openStateFile } from '../state-file.ts';

export type SafeStorageParts = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * @param stateDir absolute
 * @returns null where there is no keychain that deserves the name: then secrets are kept in memory only. On Linux
 *   `basic_text` encrypts with a password that is the same everywhere.
 */
export async function openKeychain(
  safeStorage: SafeStorageParts,
  stateDir: string,
  platform: NodeJS.Platform,
): Promise<Keychain | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable().catch(() => false))) return null;
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return null;
  // Only ciphertext of what can be asked for again.
  const store = openStateFile(stateDir, 'secrets', {}, 'begin-anew');
  const keychain: Keychain = {
    async get(name) {
      const kept = store.get(name);
      if (typeof kept !== 'string') return null;
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'));
      if (shouldReEncrypt) await keychain.set(name, result);
      return result;
    },
    async set(name, secret) {
      store.set(name, (await safeStorage.encryptStringAsync(secret)).toString('base64'));
    },
    async delete(name) {
      store.delete(name);
    },
  };
  return keychain;
}
