/** Where questions of logins wait for a person: the window and the terminal watch it, and whoever answers first has answered. */
import { randomUUID } from 'node:crypto';
import { SluiceError } from '../../shared/model/failure.ts';
import type { Prompt, PromptEvent } from '../../shared/model/prompt.ts';
import { EventQueue } from '../event-queue.ts';
import type { Question } from '../ssh/questions.ts';

/** Milliseconds that a person has for an answer: less than sshd's own patience, 120 s from the connection on (LoginGraceTime). */
const TIME_TO_ANSWER = 110_000;

export interface Answer {
  readonly answers: readonly string[];
  /** True if the person wants it kept beyond this session. */
  readonly remember: boolean;
}

interface Open {
  readonly prompt: Prompt;
  close(why: 'answered' | 'cancelled' | 'expired', answer: Answer | null): void;
}

const over = (id: string): SluiceError =>
  new SluiceError({
    code: 'prompt-unknown',
    message: 'This question is no longer open.',
    cause: 'It was answered elsewhere, took too long, or was cancelled.',
    next: 'Repeat what asked it.',
    evidence: { prompt: id },
  });

export class PromptDesk {
  readonly #open = new Map<string, Open>();
  readonly #watchers = new Set<(event: PromptEvent) => void>();
  readonly #timeMs: number;
  readonly #now: () => Date;

  constructor(timeMs = TIME_TO_ANSWER, now: () => Date = () => new Date()) {
    this.#timeMs = timeMs;
    this.#now = now;
  }

  /** True if somebody would see a question. */
  get attended(): boolean {
    return this.#watchers.size > 0;
  }

  /**
   * Puts a question. Without anybody who watches it counts as cancelled at once: a schedule at night must fail, not wait.
   *
   * @param canRemember the answer may be kept in the keychain
   * @returns null if nobody answered
   */
  async ask(question: Question, canRemember: boolean, signal: AbortSignal): Promise<Answer | null> {
    if (!this.attended || signal.aborted) return null;
    const now = this.#now().getTime();
    const prompt: Prompt = {
      id: randomUUID(),
      host: question.host,
      address: question.address,
      kind: question.kind,
      title: question.title,
      instructions: question.instructions,
      fields: [...question.fields],
      again: question.again,
      canRemember,
      key: question.key,
      askedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + this.#timeMs).toISOString(),
    };
    return await new Promise((resolve) => {
      const expire = () => this.#open.get(prompt.id)?.close('expired', null);
      const abort = () => this.#open.get(prompt.id)?.close('cancelled', null);
      const timer = setTimeout(expire, this.#timeMs);
      signal.addEventListener('abort', abort, { once: true });
      this.#open.set(prompt.id, {
        prompt,
        close: (why, answer) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', abort);
          this.#open.delete(prompt.id);
          resolve(answer);
          this.#tell({ event: 'closed', id: prompt.id, why });
        },
      });
      this.#tell({ event: 'asked', prompt });
    });
  }

  /** @throws SluiceError `prompt-unknown`, `prompt-incomplete` (not one answer a field) */
  answer(id: string, answers: readonly string[], remember = false): void {
    const open = this.#open.get(id);
    if (open === undefined) throw over(id);
    if (answers.length !== open.prompt.fields.length) {
      throw new SluiceError({
        code: 'prompt-incomplete',
        message: `This question has ${open.prompt.fields.length} fields, and ${answers.length} answers came.`,
        next: 'Answer all of them.',
        evidence: { prompt: id },
      });
    }
    open.close('answered', { answers, remember: remember && open.prompt.canRemember });
  }

  /** @throws SluiceError `prompt-unknown` */
  cancel(id: string): void {
    const open = this.#open.get(id);
    if (open === undefined) throw over(id);
    open.close('cancelled', null);
  }

  /** Open questions first, then all that happens; ends when the signal fires. */
  async *watch(signal?: AbortSignal): AsyncGenerator<PromptEvent> {
    const queue = new EventQueue<PromptEvent>();
    for (const { prompt } of this.#open.values()) queue.push({ event: 'asked', prompt });
    const watcher = (event: PromptEvent) => queue.push(event);
    this.#watchers.add(watcher);
    try {
      yield* queue.read(signal);
    } finally {
      this.#watchers.delete(watcher);
    }
  }

  /** Ends all questions: the application closes. */
  close(): void {
    for (const open of [...this.#open.values()]) open.close('cancelled', null);
  }

  #tell(event: PromptEvent): void {
    for (const watcher of [...this.#watchers]) watcher(event);
  }
}
