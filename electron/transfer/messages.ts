/** What the main process and the relay's worker thread say to each other. */
import type { Question } from '../ssh/questions.ts';
import type { Meter, RelayEnds, RelayJob, StreamOutcome } from './job.ts';

export type ToWorker =
  | { readonly kind: 'limit'; readonly bytesPerSecond: number | null }
  | { readonly kind: 'pause' }
  | { readonly kind: 'go-on' }
  | { readonly kind: 'cancel' }
  /** A stream between these ends follows soon. */
  | { readonly kind: 'connect'; readonly ends: RelayEnds }
  /** The first one, or the next once the last has ended. */
  | { readonly kind: 'job'; readonly job: RelayJob }
  /** null: nobody answers. */
  | { readonly kind: 'answer'; readonly id: number; readonly answers: readonly string[] | null };

export type FromWorker =
  | { readonly kind: 'tick'; readonly meter: Meter }
  /** What a login of the thread has to ask. */
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  | { readonly kind: 'end'; readonly end: StreamOutcome };

/** Between two ticks, ms: nine a second, so that with the one at the end there are never more than ten. */
export const TICK_MS = 112;
