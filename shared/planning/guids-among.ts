/**
 * A first look for GUIDs that two long lists may share: a bit for each hash. Almost all that the other list lacks are ruled out
 * without an index of a million strings; what passes is to be compared exactly.
 */

/** A million GUIDs set one in sixteen of 2^24 bits: that share of the others passes. */
const BITS = 24;
const FEW = 1024;

/** @returns `has` is true for every GUID of the list, and false for nearly all others */
export function guidsAmong(list: readonly { readonly guid: string }[]): { has(guid: string): boolean } {
  if (list.length <= FEW) return new Set(list.map(({ guid }) => guid));
  const bits = new Int32Array(1 << (BITS - 5));
  for (const { guid } of list) {
    const hash = hashOf(guid);
    const word = hash >>> 5;
    bits[word] = (bits[word] as number) | (1 << (hash & 31));
  }
  return {
    has(guid) {
      const hash = hashOf(guid);
      return ((bits[hash >>> 5] as number) & (1 << (hash & 31))) !== 0;
    },
  };
}

function hashOf(guid: string): number {
  let hash = 0;
  for (let at = 0; at < guid.length; at++) hash = Math.imul(hash, 31) + guid.charCodeAt(at);
  return Math.imul(hash, 0x9e3779b1) >>> (32 - BITS);
}
