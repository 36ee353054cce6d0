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
  // An answer that comes to a question which was asked anew, or forgotten, meanwhile is of no use.
  const end = (change: Partial<Answer>) => {
    if (underWay.get(key) !== asked) return;
    underWay.delete(key);
    put(key, { ...change, asking: false });
  };
  const asked = question().then(
    (data) => end({ data, failure: null }),
    (thrown: unknown) => end({ failure: failureOf(thrown) }),
  );
  underWay.set(key, asked);
  return asked;
}

/** Drops the answers to questions that `isStale` tells by their keys, those included that are yet to come. */
export function forgetAnswers(isStale: (key: string) => boolean): void {
  for (const key of [...underWay.keys()].filter(isStale)) underWay.delete(key);
  useAnswers.setState(({ byKey }) => ({ byKey: new Map([...byKey].filter(([key]) => !isStale(key))) }));
}

/** A new line means that questions which died with the old one may be asked anew. */
useConnection.subscribe((now, before) => {
  if (now.epoch !== before.epoch) underWay.clear();
});
