import { SendProgress } from '../../shared/transfer/send-progress.ts';
import { KeptMessages } from './kept-messages.ts';

/** Takes the progress out of what a sender says, and keeps the rest. */
export class ToldProgress {
  readonly #progress = new SendProgress();
  readonly #said = new KeptMessages();

  /** @returns bytes that have moved since the last call; 0 for a line that is a message, which is kept */
  take(line: string): number {
    const moved = this.#progress.take(line);
    if (moved === null) this.#said.add(line);
    return moved ?? 0;
  }

  /** What was not told at the end of a send that ended well. */
  rest(): number {
    return this.#progress.rest();
  }

  /** The messages. */
  get stderr(): string {
    return this.#said.text;
  }
}
