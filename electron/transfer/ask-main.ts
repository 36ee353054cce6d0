/** Lets a relay's thread ask what its logins need: secrets reach it only as answers, never with the job. */
import type { Ask, Question } from '../ssh/questions.ts';

export interface ThreadAsk {
  readonly ask: Ask;
  /** To be called with each answer that comes. */
  answer(id: number, answers: readonly string[] | null): void;
}

/** The thread's side. @param say sends a question to the main process */
export function askThroughMain(say: (id: number, question: Question) => void): ThreadAsk {
  const open = new Map<number, (answers: readonly string[] | null) => void>();
  let last = 0;
  return {
    ask: (question, signal) =>
      new Promise((resolve) => {
        last += 1;
        const id = last;
        const giveUp = () => {
          open.delete(id);
          resolve(null);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        open.set(id, (answers) => {
          open.delete(id);
          signal.removeEventListener('abort', giveUp);
          resolve(answers);
        });
        say(id, question);
      }),
    answer: (id, answers) => open.get(id)?.(answers),
  };
}
