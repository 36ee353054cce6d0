/** A short digest of a text, to tell names apart that had to be shortened. Never for anything that somebody could want to forge. */

/** FNV-1a, 64 bits. Tags of holds on hosts have it in them: it stays what it is. */
export function digestOf(text: string): string {
  let digest = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++)
    digest = BigInt.asUintN(64, (digest ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return digest.toString(16);
}
