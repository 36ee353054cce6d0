/** The comparisons under way in this process: started, followed, ended. An interrupted one leaves a note to resume from. */
import { randomUUID } from 'node:crypto';
import { failure, SluiceError, toFailure } from '../../shared/model/failure.ts';
import type { VerifyEvent, VerifyRequest } from '../../shared/model/verify.ts';
import { EventQueue } from '../event-queue.ts';
import type { ReachHost } from '../hosts/reached.ts';
import { Verification } from './verify.ts';
import { VerifyNotes } from './verify-notes.ts';

interface Live {
  readonly stop: AbortController;
  /** The newest one reported. */
  last: VerifyEvent;
  readonly watchers: Set<(event: VerifyEvent) => void>;
}

/** Comparisons that have ended and can still be asked for. */
const KEPT = 20;

export class VerifyBook {
  readonly #reach: ReachHost;
  readonly #notes: VerifyNotes;
  readonly #all = new Map<string, Live>();

  constructor(stateDir: string, reach: ReachHost) {
    this.#reach = reach;
    this.#notes = new VerifyNotes(stateDir);
  }

  /** Begins to compare; returns at once. */
  start(request: VerifyRequest): string {
    const id = randomUUID();
    const stop = new AbortController();
    const begun: VerifyEvent = {
      event: 'progress',
      dataset: request.source.dataset,
      phase: 'snapshots',
      done: 0,
      total: null,
    };
    const live: Live = { stop, last: begun, watchers: new Set() };
    this.#all.set(id, live);
    for (const old of [...this.#all.keys()].slice(0, -KEPT))
      if (this.#all.get(old)?.last.event === 'finished') this.#all.delete(old);
    const tell = (event: VerifyEvent) => {
      live.last = event;
      for (const watcher of live.watchers) watcher(event);
    };
    new Verification(request, { reach: this.#reach, notes: this.#notes, signal: stop.signal, tell }).run().then(
      (verdict) => tell({ event: 'finished', verdict, error: null }),
      (thrown: unknown) =>
        tell({ event: 'finished', verdict: null, error: stop.signal.aborted ? ended : toFailure(thrown) }),
    );
    return id;
  }

  /** Ends a comparison; what it was reading is left at once. @throws SluiceError `verify-unknown` */
  cancel(id: string): void {
    this.#get(id).stop.abort();
  }

  /** How it stands, then what comes; ends with `finished`. @throws SluiceError `verify-unknown` */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<VerifyEvent> {
    const live = this.#get(id);
    // Progress is replaced by newer progress, and all of it by the end.
    const queue = new EventQueue<VerifyEvent>(() => true);
    const watcher = (event: VerifyEvent) => queue.push(event);
    watcher(live.last);
    live.watchers.add(watcher);
    try {
      for await (const event of queue.read(signal)) {
        yield event;
        if (event.event === 'finished') return;
      }
    } finally {
      live.watchers.delete(watcher);
    }
  }

  close(): void {
    for (const { stop } of this.#all.values()) stop.abort();
  }

  #get(id: string): Live {
    const live = this.#all.get(id);
    if (live !== undefined) return live;
    throw new SluiceError({
      code: 'verify-unknown',
      message: 'This comparison is no longer known.',
      next: 'Compare again.',
    });
  }
}

const ended = failure({ code: 'cancelled', message: 'The comparison was stopped.' });
