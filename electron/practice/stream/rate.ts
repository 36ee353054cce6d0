/** Holds a writer to a rate. */
import { setTimeout as sleep } from 'node:timers/promises';
import { untilKilled } from '../io.ts';

/** How much may be sent at once after a pause, in seconds of the rate: short, so that the flow looks even. */
const BURST = 0.1;
/** No single wait is longer, so that little is left of one whose process was killed. */
const LONGEST_WAIT_MS = 100;

/**
 * @param rate bytes per second; null: never waits
 * @returns a function that is told each write's bytes before it happens, and waits as long as it has to; rejects with the
 *   signal's reason once the process is killed
 */
export function limiter(rate: number | null, signal: AbortSignal): (bytes: number) => Promise<void> | undefined {
  if (rate === null) return () => undefined;
  let dueAt = performance.now();
  return async (bytes) => {
    const now = performance.now();
    dueAt = Math.max(dueAt, now - BURST * 1000) + (bytes / rate) * 1000;
    for (let left = dueAt - now; left > 1; left = dueAt - performance.now()) {
      await untilKilled(sleep(Math.min(left, LONGEST_WAIT_MS)), signal);
    }
  };
}
