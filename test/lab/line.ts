import type { Duplex } from 'node:stream';

/** Smallest piece handed on at once when a rate is set; keeps a slow line smooth instead of delivering 64 KiB bursts. */
const SLICE_BYTES = 4 * 1024;
/** Unused bandwidth that may be made up for, ms: timers are late by a millisecond or more, which must not lower the rate. */
const CATCH_UP_MS = 20;
/** Bytes that may wait for their turn under a rate limit: a router's buffer. */
const RATED_BUFFER_BYTES = 256 * 1024;
/** Bytes that may be under way when only a delay is set: bandwidth times delay of a fast long line. */
const DELAYED_BUFFER_BYTES = 64 * 1024 * 1024;

/** How both directions of every connection of a link behave at this moment; changed while bytes flow. */
export interface LineConditions {
  /** One-way delay, ms. */
  delayMs: number;
  /** Bytes per second in each direction, all connections together; null for no limit. */
  bytesPerSecond: number | null;
  frozen: boolean;
}

/** Shares one direction's bandwidth among its connections. */
export class Pacer {
  #nextFreeMs = 0;
  readonly #conditions: LineConditions;

  constructor(conditions: LineConditions) {
    this.#conditions = conditions;
  }

  /** @returns ms until the next piece may leave; 0 when it may leave now. */
  waitMs(): number {
    return this.#conditions.bytesPerSecond === null ? 0 : Math.max(0, this.#nextFreeMs - performance.now());
  }

  /** Counts bytes that leave now against the rate. */
  spend(bytes: number): void {
    const rate = this.#conditions.bytesPerSecond;
    if (rate === null) return;
    this.#nextFreeMs = Math.max(this.#nextFreeMs, performance.now() - CATCH_UP_MS) + (bytes / rate) * 1000;
  }

  /** Forgets what an earlier rate made later bytes wait for. */
  restart(): void {
    this.#nextFreeMs = 0;
  }
}

/** What travels: bytes, or the end of the stream (a TCP half-close). */
type Piece = Buffer | 'end';

/**
 * One direction of one connection: bytes wait for bandwidth, then travel for the delay, then are written. Many pieces travel
 * at once, so a long line stays as fast as a short one, as a real one does. Reading from the source stops while too much is
 * under way.
 */
export class Line {
  readonly #from: Duplex;
  readonly #to: Duplex;
  readonly #conditions: LineConditions;
  readonly #pacer: Pacer;
  /** Asked before bytes are written; returns how many of them may be. */
  readonly #admit: (bytes: number) => number;
  #waiting: Piece[] = [];
  #travelling: { dueMs: number; piece: Piece }[] = [];
  #bytesHeld = 0;
  #timer: NodeJS.Timeout | undefined;
  #destinationFull = false;
  #over = false;

  constructor(from: Duplex, to: Duplex, conditions: LineConditions, pacer: Pacer, admit: (bytes: number) => number) {
    this.#from = from;
    this.#to = to;
    this.#conditions = conditions;
    this.#pacer = pacer;
    this.#admit = admit;
    from.on('data', (chunk: Buffer) => this.#enter(chunk));
    from.on('end', () => this.#enter('end'));
    to.on('drain', () => {
      this.#destinationFull = false;
      this.move();
    });
  }

  /** Moves whatever may move now; called again by its own timer, and by the link when the conditions change. */
  move(): void {
    if (this.#over) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#conditions.frozen) {
      this.#depart();
      this.#arrive();
      if (this.#over) return;
      const next = this.#nextMoveMs();
      if (next !== null) this.#timer = setTimeout(() => this.move(), next);
    }
    this.#throttleSource();
  }

  /** Drops everything under way. */
  close(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#waiting = [];
    this.#travelling = [];
  }

  #enter(piece: Piece): void {
    if (this.#over) return;
    this.#waiting.push(piece);
    this.#bytesHeld += sizeOf(piece);
    this.move();
  }

  #depart(): void {
    for (let head = this.#waiting[0]; head !== undefined; head = this.#waiting[0]) {
      if (this.#pacer.waitMs() > 0) return;
      this.#waiting.shift();
      let piece = head;
      const rate = this.#conditions.bytesPerSecond;
      const slice = rate === null ? Number.POSITIVE_INFINITY : Math.max(SLICE_BYTES, Math.floor(rate / 200));
      if (piece !== 'end' && piece.length > slice) {
        this.#waiting.unshift(piece.subarray(slice));
        piece = piece.subarray(0, slice);
      }
      this.#pacer.spend(sizeOf(piece));
      this.#travelling.push({ dueMs: performance.now() + this.#conditions.delayMs, piece });
    }
  }

  #arrive(): void {
    const now = performance.now();
    for (let head = this.#travelling[0]; head !== undefined; head = this.#travelling[0]) {
      if (this.#destinationFull || head.dueMs > now) return;
      this.#travelling.shift();
      this.#bytesHeld -= sizeOf(head.piece);
      if (head.piece === 'end') {
        this.#to.end();
        continue;
      }
      const admitted = this.#admit(head.piece.length);
      if (admitted > 0 && !this.#to.write(head.piece.subarray(0, admitted))) this.#destinationFull = true;
      if (this.#over || admitted < head.piece.length) return;
    }
  }

  #nextMoveMs(): number | null {
    const waits: number[] = [];
    if (this.#waiting.length > 0) waits.push(this.#pacer.waitMs());
    const head = this.#travelling[0];
    if (head !== undefined && !this.#destinationFull) waits.push(head.dueMs - performance.now());
    return waits.length === 0 ? null : Math.max(0, Math.min(...waits));
  }

  #throttleSource(): void {
    const { bytesPerSecond, delayMs } = this.#conditions;
    const limit =
      bytesPerSecond === null
        ? delayMs > 0
          ? DELAYED_BUFFER_BYTES
          : RATED_BUFFER_BYTES
        : RATED_BUFFER_BYTES + (bytesPerSecond * delayMs) / 1000;
    const full = this.#conditions.frozen || this.#bytesHeld >= limit;
    if (full && !this.#from.isPaused()) this.#from.pause();
    if (!full && this.#from.isPaused()) this.#from.resume();
  }
}

function sizeOf(piece: Piece): number {
  return piece === 'end' ? 0 : piece.length;
}
