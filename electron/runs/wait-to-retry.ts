import { setTimeout as wait } from 'node:timers/promises';
import { onNewAddress } from '../ssh/own-addresses.ts';

/**
 * Waits before another attempt; no longer than until this computer has a new address, from which a host may be reached again.
 *
 * @param ms at most
 * @param signal gives up waiting
 * @returns true if the waiting was cut short
 * @throws AbortError when the signal aborts
 */
export async function waitToRetry(ms: number, signal: AbortSignal): Promise<boolean> {
  const moved = new AbortController();
  const stop = onNewAddress(() => moved.abort());
  try {
    await wait(ms, undefined, { signal: AbortSignal.any([signal, moved.signal]) });
    return false;
  } catch (thrown) {
    if (signal.aborted || !moved.signal.aborted) throw thrown;
    return true;
  } finally {
    stop();
  }
}
