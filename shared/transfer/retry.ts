/** How long a run waits between attempts after passing faults. */

/** The longest wait before the second attempt, ms. */
const BASE_MS = 1000;
/** The longest wait at all, ms. */
const CAP_MS = 60_000;

/**
 * Exponential back-off: the ceiling doubles with each retry up to the cap, and the wait is drawn from its upper half,
 * so that many runs cut by one event do not all come back at the same instant.
 *
 * @param retry 1 for the first retry after a fault; count from 1 again once bytes have moved
 * @param random a number from 0 up to, not including, 1
 * @returns milliseconds to wait
 */
export function retryDelayMs(retry: number, random: () => number): number {
  // 2 ** 1024 is Infinity, which the cap takes care of.
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** (retry - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}
