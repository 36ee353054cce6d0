import { useCallback, useEffect, useRef } from 'react';
import type { Failure } from '../../shared/model/failure.ts';
import { answerTo, ask, useAnswers } from './answers.ts';
import { useConnection } from './state.ts';

export interface Asked<T> {
  /** The last answer; stays while it is asked again. */
  readonly data: T | null;
  readonly failure: Failure | null;
  readonly asking: boolean;
  readonly again: () => void;
}

/**
 * Asks the main process when the part appears, and again whenever the line comes back.
 * @param key names the question with all its inputs; null asks nothing
 */
export function useAsked<T>(key: string | null, question: () => Promise<T>): Asked<T> {
  const latest = useRef(question);
  latest.current = question;
  const epoch = useConnection((connection) => connection.epoch);
  const answer = useAnswers(({ byKey }) => answerTo(byKey, key));

  const again = useCallback(() => {
    if (key !== null) void ask(key, () => latest.current());
  }, [key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is a new line, on which to ask again.
  useEffect(again, [again, epoch]);

  return { data: answer.data as T | null, failure: answer.failure, asking: answer.asking, again };
}
