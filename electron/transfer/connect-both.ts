import { type Failure, toFailure } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import type { Shell } from '../ssh/shell.ts';

export type BothConnected =
  | { readonly kind: 'connected'; readonly source: Shell; readonly destination: Shell }
  | { readonly kind: 'failed'; readonly side: Side; readonly fault: Failure };

/**
 * Logs in at both ends at once. Neither is left open if the other fails, and the first failure is the one reported.
 *
 * @param open logs in at one end; rejects when its signal aborts
 * @param signal gives up both
 */
export async function connectBoth(
  open: (side: Side, signal: AbortSignal) => Promise<Shell>,
  signal: AbortSignal,
): Promise<BothConnected> {
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  const failures: { side: Side; fault: Failure }[] = [];
  const connect = async (side: Side): Promise<Shell | null> => {
    try {
      return await open(side, either);
    } catch (thrown) {
      failures.push({ side, fault: toFailure(thrown) });
      giveUp.abort();
      return null;
    }
  };
  const [source, destination] = await Promise.all([connect('source'), connect('destination')]);
  if (source !== null && destination !== null) return { kind: 'connected', source, destination };
  await Promise.all([source?.close(), destination?.close()]);
  const [first = { side: 'source', fault: toFailure('no reason was given') }] = failures;
  return { kind: 'failed', ...first };
}
