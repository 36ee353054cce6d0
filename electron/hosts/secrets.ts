/** Passphrases and passwords of this session: in memory, and in the system's keychain where a person wished it. */
import type { Ask, Question } from '../ssh/questions.ts';
import type { PromptDesk } from './prompt-desk.ts';

/** The operating system's keychain; `null` instead of one: memory only. */
export interface Keychain {
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export class Secrets {
  readonly #desk: PromptDesk;
  readonly #keychain: Keychain | null;
  readonly #known = new Map<string, string>();
  /** Questions under way by secret: two connections at once ask a person once. */
  readonly #asking = new Map<string, Promise<readonly string[] | null>>();

  constructor(desk: PromptDesk, keychain: Keychain | null) {
    this.#desk = desk;
    this.#keychain = keychain;
  }

  /** A kept answer where there is one, else a person's. */
  readonly ask: Ask = async (question, signal) => {
    const { secret } = question;
    if (secret === null || question.fields.length !== 1) {
      return (await this.#desk.ask(question, false, signal))?.answers ?? null;
    }
    if (question.again) await this.forget(secret);
    const known = this.#known.get(secret) ?? (question.again ? null : await this.#fromKeychain(secret));
    if (known !== null) return [known];
    const present = this.#asking.get(secret);
    if (present !== undefined) return await present;
    const asking = this.#askPerson(question, secret, signal);
    this.#asking.set(secret, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(secret);
    }
  };

  /** It was wrong, or the host is gone. */
  async forget(secret: string): Promise<void> {
    this.#known.delete(secret);
    await this.#keychain?.delete(secret).catch(() => {});
  }

  async #fromKeychain(secret: string): Promise<string | null> {
    const kept = (await this.#keychain?.get(secret).catch(() => null)) ?? null;
    if (kept !== null) this.#known.set(secret, kept);
    return kept;
  }

  async #askPerson(question: Question, secret: string, signal: AbortSignal): Promise<readonly string[] | null> {
    const answer = await this.#desk.ask(question, this.#keychain !== null, signal);
    const given = answer?.answers[0];
    if (answer === null || given === undefined) return null;
    this.#known.set(secret, given);
    // A keychain that cannot be written to is no reason to fail: it is asked for again next time.
    if (answer.remember) await this.#keychain?.set(secret, given).catch(() => {});
    return [given];
  }
}
