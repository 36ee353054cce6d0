/** Reads a command's stderr: lines as they come, the frame's lines taken out, the end of it kept. */
import { splitFrame } from '../../shared/zfs/wire.ts';

/** Bytes (of UTF-8) of stderr that are kept. */
const TAIL = 64 * 1024;
/** A longer line is passed on in pieces. */
const LONGEST_LINE = 16 * 1024;
/** Kept back when a long line is cut, so that a frame's line at its end stays in one piece. */
const FRAME_ROOM = 64;

export interface FrameLine {
  readonly kind: 'pid' | 'status';
  readonly value: number;
}

export class StderrLines {
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #onFrame: (frame: FrameLine) => void;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #tail: string[] = [];
  #tailBytes = 0;

  /**
   * @param onFrame called with pid and status as the frame reports them
   * @param onLine called with each line of the command's own, without its end
   */
  constructor(onFrame: (frame: FrameLine) => void, onLine?: (line: string) => void) {
    this.#onFrame = onFrame;
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (;;) {
      const at = chunk.indexOf(0x0a, from);
      if (at < 0) break;
      this.#add(chunk.subarray(from, at));
      this.#take(this.#pieceBytes, '\n');
      from = at + 1;
    }
    this.#add(chunk.subarray(from));
    while (this.#pieceBytes > LONGEST_LINE + FRAME_ROOM) this.#take(LONGEST_LINE, '');
  }

  /** To be called when no more will come. */
  end(): void {
    if (this.#pieceBytes > 0) this.#take(this.#pieceBytes, '');
  }

  /** The end of the command's own stderr. */
  get tail(): string {
    return this.#tail.join('');
  }

  #add(piece: Buffer): void {
    if (piece.length === 0) return;
    // A copy: the chunk may be a small part of a large buffer of the connection.
    this.#pieces.push(Buffer.from(piece));
    this.#pieceBytes += piece.length;
  }

  /** Takes the first `bytes` of what was gathered as a line (or a piece of one, if `end` is empty). */
  #take(bytes: number, end: '\n' | ''): void {
    const gathered = Buffer.concat(this.#pieces);
    const rest = gathered.subarray(bytes);
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#pieceBytes = rest.length;
    // Invalid UTF-8 (a file name in another encoding) becomes U+FFFD and breaks nothing.
    const { own, frame } = splitFrame(gathered.toString('utf8', 0, bytes));
    if (frame !== null) this.#onFrame(frame);
    if (own === '' && frame !== null) return;
    this.#keep(frame === null ? own + end : own);
    this.#onLine?.(own.endsWith('\r') ? own.slice(0, -1) : own);
  }

  #keep(text: string): void {
    this.#tail.push(text);
    this.#tailBytes += Buffer.byteLength(text);
    while (this.#tailBytes > TAIL && this.#tail.length > 1) {
      this.#tailBytes -= Buffer.byteLength(this.#tail.shift() ?? '');
    }
  }
}
