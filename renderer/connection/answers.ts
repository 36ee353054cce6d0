/** Answers of the main process, kept by key so that a page that comes back shows the last one while it asks again. */
import { create } from 'zustand';
import type { Failure } from '../../shared/model/failure.ts';
import { failureOf } from './failure-of.ts';
import { useConnection } from './state.ts';

export interface Answer {
  readonly data: unknown;
  readonly failure: Failure | null;
  readonly asking: boolean;
}

const nothing: Answer = { data: null, failure: null, asking: false };

export const useAnswers = create<{ readonly byKey: ReadonlyMap<string, Answer> }>(() => ({ byKey: new Map() }));

function put(key: string, change: Partial<Answer>): void {
  useAnswers.setState(({ byKey }) => ({
    byKey: new Map(byKey).set(key, { ...(byKey.get(key) ?? nothing), ...change }),
  }));
}

export const answerTo = (byKey: ReadonlyMap<string, Answer>, key: string | null): Answer =>
  (key === null ? undefined : byKey.get(key)) ?? nothing;

const underWay = new Map<string, Promise<void>>();

/**
 * Asks and keeps the answer under `key`. A question already under way is not asked twice. A failure leaves the last
 * data in place, so that a page can go on showing it beside the failure.
 */
export function ask(key: string, question: () => Promise<unknown>): Promise<void> {
  const running = underWay.get(key);
  if (running !== undefined) return running;
  put(key, { asking: true });
  const asked = question()
    .then(
      (data) => put(key, { data, failure: null, asking: false }),
      (thrown: unknown) => put(key, { failure: failureOf(thrown), asking: false }),
    )
    .finally(() => underWay.delete(key));
  underWay.set(key, asked);
  return asked;
}

/** A new line means that questions which died with the old one may be asked anew. */
useConnection.subscribe((now, before) => {
  if (now.epoch !== before.epoch) underWay.clear();
});
