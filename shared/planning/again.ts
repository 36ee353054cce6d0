/** How a run asks again after a fault: what it did itself must neither be undone nor stand in its own way. */
import type { ReplicationRequest } from '../model/request.ts';

const CLEARING: readonly string[] = ['discard-partial', 'set-aside', 'roll-back'];

/**
 * @param kinds of the steps that were begun; a clearing step only where it is done, or where nobody knows whether it is
 * @returns the request for the next plan. What stands at the destination after it was cleared is the run's own and must
 *   not be cleared again, and a snapshot that was made is not made again. Once streams were begun, the base that was picked may no longer be the destination's newest.
 */
export function askAgain(request: ReplicationRequest, kinds: readonly string[]): ReplicationRequest {
  const base = { kind: 'auto' } as const;
  if (kinds.includes('snapshot') && request.source.take)
    return askAgain({ ...request, source: { ...request.source, take: false } }, kinds);
  if (kinds.some((kind) => CLEARING.includes(kind))) return { ...request, base, onDivergence: 'stop', partial: 'keep' };
  return kinds.includes('send-receive') ? { ...request, base } : request;
}
