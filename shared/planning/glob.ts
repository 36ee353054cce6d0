/**
 * Matches a whole text against a pattern with `*` (any characters, also none) and `?` (one character). It takes at most
 * as many steps as both lengths multiplied: a regular expression made of several stars takes far more.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let [at, inGlob] = [0, 0];
  let star: { readonly inGlob: number; at: number } | null = null;
  while (at < text.length) {
    if (glob[inGlob] === '*') {
      star = { inGlob, at };
      inGlob++;
    } else if (inGlob < glob.length && (glob[inGlob] === '?' || glob[inGlob] === text[at])) {
      inGlob++;
      at++;
    } else if (star !== null) {
      // The last star takes one character more.
      at = ++star.at;
      inGlob = star.inGlob + 1;
    } else return false;
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}
