/** How another process of the same user (`sluice cancel RUN` beside a window) asks the one that carries a run out. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export const OrderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('go-on') }),
  /** Bytes per second; null: no limit. */
  z.object({ kind: z.literal('limit'), bytesPerSecond: z.number().positive().nullable() }),
]);
export type Order = z.infer<typeof OrderSchema>;

/** ms: a look at one small file. */
const LOOK_EVERY = 400;

/** @param file the run's own; a later order takes the place of one that was not fetched yet */
export function leaveOrder(file: string, order: Order): void {
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, JSON.stringify(order), { mode: 0o600 });
  renameSync(whole, file);
}

/** @returns false where the folder can no longer be written to (a full disk is remounted read-only) */
function throwAway(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}

function fetchOrder(file: string): Order | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  // What stays there would be obeyed again and again.
  if (!throwAway(file)) return null;
  try {
    return OrderSchema.parse(JSON.parse(text));
  } catch {
    // Not of ours: there is nobody to answer.
    return null;
  }
}

/**
 * Looks for orders until it is told to stop. What was left before is thrown away: it was meant for an earlier process.
 *
 * @returns stops looking
 */
export function watchOrders(file: string, obey: (order: Order) => void): () => void {
  throwAway(file);
  const looking = setInterval(() => {
    const order = fetchOrder(file);
    if (order !== null) obey(order);
  }, LOOK_EVERY);
  looking.unref();
  return () => {
    clearInterval(looking);
    throwAway(file);
  };
}
