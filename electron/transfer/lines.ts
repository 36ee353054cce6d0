import type { Readable } from 'node:stream';
import { StderrLines } from '../ssh/stderr-lines.ts';

/** Consumes a command's output and hands it on line by line; endless lines come in pieces. */
export function followLines(stream: Readable, onLine: (line: string) => void): void {
  const lines = new StderrLines(() => undefined, onLine);
  stream.on('data', (chunk: Buffer) => lines.push(chunk));
  stream.on('end', () => lines.end());
  // Why it broke is told by the command's exit.
  stream.on('error', () => undefined);
}

export interface BatchedLine {
  readonly from: 'source-stderr' | 'destination-stderr' | 'destination-stdout';
  readonly line: string;
}

type Origin = BatchedLine['from'];

/** Lines of one origin that one batch holds; what a flood has beyond that is counted. */
const MOST = 50;

/** Gathers lines between two messages to the main process, so that a flood of stderr cannot flood that. */
export class LineBatch {
  #lines: BatchedLine[] = [];
  readonly #counts = new Map<Origin, number>();

  add(from: Origin, line: string): void {
    const count = (this.#counts.get(from) ?? 0) + 1;
    this.#counts.set(from, count);
    if (count <= MOST) this.#lines.push({ from, line });
  }

  /** @returns what was gathered since the last call, with a line in brackets in place of what is left out of a flood */
  take(): readonly BatchedLine[] {
    for (const [from, count] of this.#counts) {
      if (count > MOST) this.#lines.push({ from, line: `[${count - MOST} more lines at once, not shown]` });
    }
    const lines = this.#lines;
    this.#lines = [];
    this.#counts.clear();
    return lines;
  }
}
