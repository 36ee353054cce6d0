/** How long to wait between attempts after passing faults. */
export interface RetryPolicy {
  /** The longest wait before the second attempt, ms. */
  readonly baseMs: number;
  /** The longest wait at all, ms. */
  readonly capMs: number;
  /** Retries until giving up; null: never. */
  readonly retries: number | null;
}

export const defaultRetryPolicy: RetryPolicy = { baseMs: 1000, capMs: 60_000, retries: null };

/**
 * Exponential back-off: the ceiling doubles with each retry up to the cap, and the wait is drawn from its upper half,
 * so that many runs cut by one event do not all come back at the same instant.
 *
 * @param retry 1 for the first retry after a fault; count from 1 again once bytes have moved
 * @param random a number from 0 up to, not including, 1
 * @returns milliseconds to wait; null: give up
 */
export function retryDelayMs(retry: number, random: () => number, policy = defaultRetryPolicy): number | null {
  if (policy.retries !== null && retry > policy.retries) return null;
  // 2 ** 1024 is Infinity, which the cap takes care of.
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (retry - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}
