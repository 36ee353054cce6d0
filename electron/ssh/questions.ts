/** What a login may have to ask a person, and the answer: plain data, since a relay's thread asks through the main process. */
import type { Prompt, PromptField } from '../../shared/model/prompt.ts';

export interface Question {
  /** Name in the host book. */
  readonly host: string;
  /** `root@nas2:22` */
  readonly address: string;
  readonly kind: Prompt['kind'];
  readonly title: string;
  readonly instructions: string;
  readonly fields: readonly PromptField[];
  /** True if the answer before was refused. */
  readonly again: boolean;
  /**
   * Names the secret that is asked for: a kept answer is given to the next question with the same name, so
   * what is another host must have another name. null: an answer is good for once (a verification code).
   */
  readonly secret: string | null;
  readonly key: Prompt['key'];
}

/**
 * Asks somebody.
 *
 * @returns one answer for each field, or null if there is nobody, or they cancelled, or took too long
 */
export type Ask = (question: Question, signal: AbortSignal) => Promise<readonly string[] | null>;

/** For where nobody can be asked. */
export const askNobody: Ask = async () => null;
