/** Whatever a call threw, as the Failure that the window can draw. */
import { ORPCError } from '@orpc/client';
import { type Failure, FailureSchema, failure } from '../../shared/model/failure.ts';
import { t } from '../texts/texts.ts';
import { useConnection } from './state.ts';

/**
 * The code of a failure that ends by itself when the window's line is back. Not `connection-lost`: that is what the main
 * process calls a host that it lost.
 */
export const CONNECTION_LOST = 'window-line-lost';

/** For a question, which is asked again on the next line. */
export const failureOf = (thrown: unknown): Failure => told(thrown, t('failure.connection.next'));

/** For something that the main process was told to do: nobody says it a second time. */
export const failureOfAction = (thrown: unknown): Failure => told(thrown, t('failure.connection.nextOfAction'));

/** @param nextIfLost what to do where the line dropped before the answer came */
function told(thrown: unknown, nextIfLost: string): Failure {
  if (thrown instanceof ORPCError) {
    const carried = FailureSchema.safeParse(thrown.data);
    if (thrown.code === 'SLUICE' && carried.success) return carried.data;
    return failure({
      code: 'internal',
      message: t('failure.internal.message'),
      cause: `${thrown.code}: ${thrown.message}`,
      next: t('failure.internal.next'),
    });
  }
  if (useConnection.getState().state.kind !== 'open' || isAbort(thrown)) {
    return failure({
      code: CONNECTION_LOST,
      message: t('failure.connection.message'),
      next: nextIfLost,
      kind: 'passing',
    });
  }
  return failure({
    code: 'internal',
    message: t('failure.internal.message'),
    cause: thrown instanceof Error ? thrown.message : String(thrown),
    next: t('failure.internal.next'),
  });
}

/** A peer that closes ends its pending calls with an AbortError. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
