/**
 * What a sender's stderr says of its progress: `zfs send -vP` (OpenZFS 0.7 and later: `HH:MM:SS<TAB>bytes<TAB>snapshot` once a
 * second, and before the data `full<TAB>snapshot<TAB>bytes`, `incremental<TAB>from<TAB>snapshot<TAB>bytes`, `size<TAB>bytes`), or
 * `pv -n -b` (the bytes so far, alone on a line).
 */
const TICK = /^\d{2}:\d{2}:\d{2}\t(\d+)\t(.+)$/;
const HEADER = /^(?:full|incremental|size)\t|^resume token contents:|^nvlist version:|^\t[a-z]+ = /;
const COUNT = /^\d+$/;

/** Counts the bytes of all the snapshots that one send brings; each begins at 0 again. */
export class SendProgress {
  #snapshot: string | null = null;
  #inSnapshot = 0;
  #counted = 0;
  #ticked = 0;
  #size = 0;
  /** `pv` counts all of the stream; beside it the sender's own figures would count twice. */
  #hasCounter = false;

  /**
   * @param line without its end
   * @returns the bytes that have moved since the last call (0 for a line that only announces); null for a line that is no progress
   */
  take(line: string): number | null {
    if (COUNT.test(line)) {
      this.#hasCounter = true;
      return this.#advance(Number(line));
    }
    const tick = TICK.exec(line);
    if (tick === null) return this.#header(line);
    const [, digits = '0', snapshot = ''] = tick;
    const bytes = Number(digits);
    if (!Number.isSafeInteger(bytes) || this.#hasCounter) return 0;
    const moved = snapshot === this.#snapshot ? bytes - this.#inSnapshot : bytes;
    this.#snapshot = snapshot;
    this.#inSnapshot = bytes;
    this.#ticked += Math.max(0, moved);
    return Math.max(0, moved);
  }

  /**
   * What has moved since the last tick, once the sender has ended well: it tells only once a second and not at its end, so its own
   * estimate has to do.
   */
  rest(): number {
    return this.#hasCounter ? 0 : Math.max(0, this.#size - this.#ticked);
  }

  #header(line: string): number | null {
    const size = Number(/^size\t(\d+)$/.exec(line)?.[1] ?? 0);
    if (size > 0 && Number.isSafeInteger(size)) this.#size = size;
    return HEADER.test(line) ? 0 : null;
  }

  #advance(total: number): number {
    if (!Number.isSafeInteger(total)) return 0;
    const moved = Math.max(0, total - this.#counted);
    this.#counted = Math.max(this.#counted, total);
    return moved;
  }
}
