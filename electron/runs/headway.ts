/** Whether attempts bring a run closer to its end. */
import type { Plan } from '../../shared/model/plan.ts';

/**
 * Told by the plans of its attempts: what each finds left to bring. Bytes on the line are no headway, since a stream that fails at
 * the same block each time moves some every time.
 */
export class Headway {
  /** What the latest plan had still to bring, and how much of that was there already (bytes). */
  #ahead: { readonly streams: number; readonly received: number } | null = null;
  #made = false;

  /** An attempt with this plan follows. */
  plans({ streams }: Pick<Plan, 'streams'>): void {
    const before = this.#ahead;
    const received = streams.reduce((sum, { alreadyReceived }) => sum + alreadyReceived, 0);
    this.#made ||= before !== null && (streams.length < before.streams || received > before.received);
    this.#ahead = { streams: streams.length, received };
  }

  /** @returns true if an attempt has left more at the destination than there was, as far as plans since the last call tell */
  take(): boolean {
    const made = this.#made;
    this.#made = false;
    return made;
  }
}
