import { SendProgress } from '../../shared/transfer/send-progress.ts';
import { KeptMessages } from './kept-messages.ts';

/** Strips the progress from a sender's output and keeps the rest. */
export class ToldProgress {
  readonly #progress = new SendProgress();
  readonly #said = new KeptMessages();

  /** @returns bytes that have moved since the last call; 0 for a line that is a message, which is kept */
  take(line: string): number {
    const moved = this.#progress.take(line);
    if (moved === null) this.#said.add(line);
    return moved ?? 0;
  }

  /** What a send that succeeded had not reported at its end. */
  rest(): number {
    return this.#progress.rest();
  }

  /** The messages. */
  get stderr(): string {
    return this.#said.text;
  }
}
