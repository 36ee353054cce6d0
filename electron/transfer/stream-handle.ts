/** What whoever started a stream holds of it, whether a relay or a pipe carries it. */
import type { Failure } from '../../shared/model/failure.ts';
import type { Ask } from '../ssh/questions.ts';
import type { Meter, StreamOutcome } from './job.ts';

/** One stream under way, or ended. */
export interface StreamHandle {
  /** Settles when both commands have ended; never rejects. */
  readonly done: Promise<StreamOutcome>;
  /** True where the bytes do not come through Sluice: `setLimit` throws `limit-fixed` then. */
  readonly limitIsFixed: boolean;
  /** @param bytesPerSecond from now on; null: no limit. Throws RangeError for a number that is not positive and finite. */
  setLimit(bytesPerSecond: number | null): void;
  /** Nothing moves until {@link StreamHandle.goOn}; the connections stay. */
  pause(): void;
  goOn(): void;
  /** Ends both commands. What the destination keeps is up to its command (`zfs receive -s` keeps all it has). */
  cancel(): void;
}

export interface StreamListeners {
  /** At most ten times a second, and always once more at the end. */
  onMeter(meter: Meter): void;
  /** Told if pausing or going on had no effect, which only happens where the bytes do not come through Sluice. */
  readonly onUnheeded?: (why: Failure) => void;
  /** Answers what the thread's logins ask; without it nobody does. */
  readonly ask?: Ask;
}
