/** Which key a dataset's content is encrypted with, and whether it is there. */
import { createHash } from 'node:crypto';
import type { Dataset, Machine } from './machine.ts';

/** `encryption=on` means this one (2.3.9). */
export const DEFAULT_CIPHER = 'aes-256-gcm';

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The dataset whose key is used; null if nothing is encrypted. */
export function encryptionRoot(machine: Machine, dataset: Dataset): Dataset | null {
  if (dataset.cipher === null) return null;
  for (let at: Dataset | null = dataset; at !== null; at = machine.parentOf(at)) if (at.key !== null) return at;
  return null;
}

/** Encrypted, and its key is not loaded. */
export function isLocked(machine: Machine, dataset: Dataset): boolean {
  return encryptionRoot(machine, dataset)?.key?.loaded === false;
}
