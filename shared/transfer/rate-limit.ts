/** How long a limit's worth of bytes may be saved up while nothing moved, ms. */
const BURST_MS = 250;
/** Slices are at least this much time's worth of bytes, ms, so that a limit does not mean a flood of tiny writes. */
const SLICE_MS = 25;

/**
 * A token bucket. Pure: it is told the time.
 *
 * Over any span of t milliseconds it grants at most `rate * (t + 250) / 1000` bytes, and a taker who asks again when
 * told to loses nothing against the limit.
 */
export class RateLimit {
  #bytesPerSecond: number | null;
  #tokens = 0;
  #at: number;

  /**
   * @param bytesPerSecond the limit; null: none
   * @param now milliseconds on any steady clock, the same one in every call
   * @throws RangeError for a limit that is not a positive finite number
   */
  constructor(bytesPerSecond: number | null, now: number) {
    this.#bytesPerSecond = checkLimit(bytesPerSecond);
    this.#at = now;
  }

  /** Changes the limit from `now` on; what was saved up under the old one is cut to the new one's burst. */
  setRate(bytesPerSecond: number | null, now: number): void {
    const next = checkLimit(bytesPerSecond);
    this.#refill(now);
    this.#bytesPerSecond = next;
    this.#tokens = next === null ? 0 : Math.min(this.#tokens, capacity(next));
  }

  /** @returns how many of the wanted bytes may move now; 0: ask again after {@link msUntil} */
  take(wanted: number, now: number): number {
    if (this.#bytesPerSecond === null) return wanted;
    this.#refill(now);
    if (this.#tokens < slice(wanted, this.#bytesPerSecond)) return 0;
    const granted = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= granted;
    return granted;
  }

  /** @returns whole milliseconds after which {@link take} of the same amount grants something; 0: now */
  msUntil(wanted: number, now: number): number {
    if (this.#bytesPerSecond === null) return 0;
    this.#refill(now);
    const missing = slice(wanted, this.#bytesPerSecond) - this.#tokens;
    return missing <= 0 ? 0 : Math.ceil((missing * 1000) / this.#bytesPerSecond);
  }

  #refill(now: number): void {
    const elapsed = Math.max(0, now - this.#at);
    this.#at = now;
    if (this.#bytesPerSecond === null) return;
    this.#tokens = Math.min(capacity(this.#bytesPerSecond), this.#tokens + (elapsed * this.#bytesPerSecond) / 1000);
  }
}

const slice = (wanted: number, bytesPerSecond: number): number =>
  Math.min(wanted, Math.max(1, Math.floor((bytesPerSecond * SLICE_MS) / 1000)));

const capacity = (bytesPerSecond: number): number => Math.max(1, (bytesPerSecond * BURST_MS) / 1000);

/**
 * @returns the limit as it was given
 * @throws RangeError for a limit that is not a positive finite number
 */
export function checkLimit(bytesPerSecond: number | null): number | null {
  if (bytesPerSecond !== null && !(Number.isFinite(bytesPerSecond) && bytesPerSecond > 0)) {
    throw new RangeError(`A limit is a positive number of bytes per second, not ${bytesPerSecond}.`);
  }
  return bytesPerSecond;
}
