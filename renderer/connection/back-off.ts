/**
 * How long to wait before the next attempt to reach the main process, which is on this computer: soon, then calmer.
 * @param attempt 1 for the first retry
 * @returns milliseconds, at most five seconds
 */
export function backOff(attempt: number): number {
  return Math.min(5000, 250 * 2 ** (attempt - 1));
}
