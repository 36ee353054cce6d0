/** Time as the byte path sees it, so that tests can own it. */
export interface Clock {
  /** Milliseconds on a steady clock. */
  now(): number;
  /** Calls back once after `ms`; the returned function takes that back. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
