/**
 * Writes a run's events down before anybody is told of them. A run that cannot be written down any more is ended: nobody could go on
 * with what it does from then on. A full state folder ends that one run and nothing else.
 */
import { type Failure, toFailure } from '../../shared/model/failure.ts';
import type { RunEvent } from '../../shared/model/run.ts';
import type { JournalWriter } from './journal.ts';

type Finished = Extract<RunEvent, { event: 'finished' }>;

/** What must be in the journal before it is done. */
const announces = (event: RunEvent): boolean =>
  event.event === 'started' || event.event === 'retry' || (event.event === 'step' && event.state === 'begun');

/** A fault of the run's own says more than that it could not be written down; one that was cancelled stays so. */
function endedBy(event: Finished, fault: Failure): Finished {
  if (event.error !== null) return event;
  return { ...event, status: event.status === 'cancelled' ? 'cancelled' : 'failed', error: fault };
}

interface Recorded {
  /** What others are told; for the end, also why. */
  readonly told: RunEvent;
  /** Thrown at the run once the others were told, so that nothing is done that is not in the journal; null: it goes on. */
  readonly stop: unknown;
}

export class Recorder {
  readonly #journal: JournalWriter;
  readonly #endRun: () => void;
  #fault: Failure | null = null;
  #endIsMissing = false;

  /** @param endRun the run's `interrupt` */
  constructor(journal: JournalWriter, endRun: () => void) {
    this.#journal = journal;
    this.#endRun = endRun;
  }

  /** True once a run has ended of which the journal does not have the end. */
  get endIsMissing(): boolean {
    return this.#endIsMissing;
  }

  /** Throws nothing: it is called by what hears a relay's thread, where nobody would catch it. */
  record(event: RunEvent): Recorded {
    // Of a run that was done all the same the journal may have everything that matters, if there is room again.
    const fault = event.event === 'finished' && event.status !== 'done' ? this.#fault : null;
    const told = event.event === 'finished' && fault !== null ? endedBy(event, fault) : event;
    try {
      this.#journal.write(told);
      return { told, stop: null };
    } catch (thrown) {
      this.#fault ??= toFailure(thrown);
      this.#endRun();
      if (told.event !== 'finished') return { told, stop: announces(told) ? thrown : null };
      this.#endIsMissing = true;
      return { told: endedBy(told, this.#fault), stop: null };
    }
  }
}
