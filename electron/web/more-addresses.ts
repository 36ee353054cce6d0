/**
 * An address opens the window once, and a closed tab takes its session along: at a terminal, Enter prints another, so
 * that nobody has to end a transfer to look at it again.
 */
import type { Readable } from 'node:stream';

export const hint = 'Enter prints another address, Ctrl-C ends Sluice.\n';

/**
 * @param input stdin
 * @param print called at each Enter
 * @returns false if nobody sits at a terminal, so that there is nothing to hint at
 */
export function printMoreAddresses(input: Readable & { readonly isTTY?: boolean }, print: () => void): boolean {
  if (input.isTTY !== true) return false;
  // A terminal hands over a line at a time.
  input.on('data', print);
  return true;
}
