/** What a meter shows. */
export interface Reading {
  /** Bytes counted since the beginning. */
  readonly bytes: number;
  /** Over the last ten seconds, or since the beginning while that is less. */
  readonly bytesPerSecond: number;
  /** Over the whole time since the beginning, pauses left out. */
  readonly meanBytesPerSecond: number;
  /** Milliseconds since a byte last moved (or since the beginning), pauses left out. */
  readonly silentMs: number;
}

const SLOT_MS = 100;
const SLOTS = 100;

/** Counts bytes over a sliding window of ten seconds, in a fixed number of slots. Pure: the time is passed in. */
export class SlidingMeter {
  readonly #slots = new Float64Array(SLOTS);
  /** Number of the newest slot in use, counted from the clock's zero. */
  #slot: number;
  readonly #begun: number;
  #bytes = 0;
  #lastByteAt: number;
  #pausedSince: number | null = null;
  #pausedMs = 0;

  /** @param now milliseconds on any steady clock, the same one in every call: the beginning */
  constructor(now: number) {
    this.#begun = now;
    this.#lastByteAt = now;
    this.#slot = Math.floor(now / SLOT_MS);
  }

  add(bytes: number, now: number): void {
    this.#advance(now);
    this.#slots[this.#slot % SLOTS] = (this.#slots[this.#slot % SLOTS] ?? 0) + bytes;
    this.#bytes += bytes;
    this.#lastByteAt = now;
  }

  /** From here on neither silence nor the mean's time counts. */
  pause(now: number): void {
    this.#pausedSince ??= now;
  }

  goOn(now: number): void {
    if (this.#pausedSince === null) return;
    const pausedMs = now - this.#pausedSince;
    this.#pausedMs += pausedMs;
    // A byte that was already on its way when the pause began may have moved during it.
    this.#lastByteAt += now - Math.max(this.#pausedSince, this.#lastByteAt);
    this.#pausedSince = null;
  }

  read(now: number): Reading {
    this.#advance(now);
    const windowBegun = Math.max(this.#begun, (this.#slot - SLOTS + 1) * SLOT_MS);
    const inWindow = this.#slots.reduce((sum, bytes) => sum + bytes, 0);
    const still = this.#pausedSince ?? now;
    const activeMs = still - this.#begun - this.#pausedMs;
    return {
      bytes: this.#bytes,
      bytesPerSecond: perSecond(inWindow, now - windowBegun),
      meanBytesPerSecond: perSecond(this.#bytes, activeMs),
      silentMs: Math.max(0, still - this.#lastByteAt),
    };
  }

  #advance(now: number): void {
    const slot = Math.floor(now / SLOT_MS);
    if (slot <= this.#slot) return;
    // After a gap of the whole window or more, every slot is cleared once.
    const passed = Math.min(slot - this.#slot, SLOTS);
    for (let step = 0; step < passed; step += 1) this.#slots[(slot - step) % SLOTS] = 0;
    this.#slot = slot;
  }
}

/** A rate over less than one slot would be noise. */
const perSecond = (bytes: number, ms: number): number => (bytes * 1000) / Math.max(ms, SLOT_MS);
