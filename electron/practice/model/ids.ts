/** 64-bit identities as ZFS hands them out: unpredictable in life, the same at every start in the story. */
import { createHash, randomBytes } from 'node:crypto';

/** A GUID in decimal, never 0 (0 means "none" in a stream's header). */
export type NewGuid = () => string;

const toGuid = (bytes: Buffer): string => {
  const value = bytes.readBigUInt64LE(0);
  return (value === 0n ? 1n : value).toString();
};

export const randomGuid: NewGuid = () => toGuid(randomBytes(8));

/** The same sequence of GUIDs for the same text, so that a practice host keeps its identities over a restart. */
export function guidsFrom(text: string): NewGuid {
  let count = 0;
  return () => {
    count += 1;
    return toGuid(createHash('sha256').update(`${text} ${count}`).digest());
  };
}
