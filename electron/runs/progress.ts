/** Puts the meters of single streams together to the progress of a run: honest about estimates, restarts and silence. */
import type { Plan } from '../../shared/model/plan.ts';
import type { Phase, Progress } from '../../shared/model/run.ts';
import { TimeLeft } from '../../shared/transfer/time-left.ts';
import type { Meter } from '../transfer/job.ts';

interface Carrying {
  readonly index: number;
  readonly snapshot: string;
  /** Bytes at the destination before this attempt began. */
  readonly already: number;
  readonly total: number | null;
}

export class RunProgress {
  readonly #timeLeft = new TimeLeft();
  /** Streams of earlier plans that are through and that the present plan no longer has. */
  #before = 0;
  /** Streams of the present plan that are through. */
  #done = 0;
  #plan: Plan | null = null;
  #carrying: Carrying | null = null;
  #last: Meter | null = null;
  /** Bytes over the wire and time spent sending, over all attempts. */
  #wire = { bytes: 0, ms: 0 };

  get wire(): { readonly bytes: number; readonly ms: number } {
    return this.#wire;
  }

  /** A plan is about to be carried out; for all but the first, what is already through stays counted. */
  plan(next: Plan): void {
    if (this.#plan !== null) {
      const still = new Set(next.streams.map(({ snapshot }) => snapshot));
      this.#before += this.#plan.streams.reduce(
        (sum, stream) => sum + (still.has(stream.snapshot) ? 0 : (stream.bytes ?? 0)),
        0,
      );
    }
    this.#plan = next;
    this.#done = 0;
    this.#carrying = null;
    this.#last = null;
    this.#timeLeft.restart();
  }

  begin(streams: readonly number[]): void {
    const planned = streams.flatMap((index) => this.#plan?.streams[index] ?? []);
    const last = planned.at(-1);
    const known = planned.every((stream) => stream.bytes !== null);
    this.#carrying = {
      index: streams.at(-1) ?? 0,
      snapshot: last?.snapshot ?? '',
      already: planned.reduce((sum, stream) => sum + stream.alreadyReceived, 0),
      total: known ? planned.reduce((sum, stream) => sum + (stream.bytes ?? 0), 0) : null,
    };
    this.#last = null;
  }

  /** A step's relay ended; what it carried counts as through if it succeeded. */
  end(bytes: number, durationMs: number, arrived: boolean): void {
    this.#wire = { bytes: this.#wire.bytes + bytes, ms: this.#wire.ms + durationMs };
    if (arrived) this.#done += (this.#carrying?.already ?? 0) + bytes;
    // What was cut stays shown as far as it came, until a new plan knows what of it was kept.
    if (!arrived) return;
    this.#carrying = null;
    this.#last = null;
  }

  meter(meter: Meter): Progress {
    this.#last = meter;
    return this.now(meter.phase);
  }

  now(phase: Phase): Progress {
    const meter = this.#last;
    const carrying = this.#carrying;
    const inStream = carrying === null ? 0 : carrying.already + (meter?.bytes ?? 0);
    const bytes = this.#before + this.#done + inStream;
    const estimate = this.#plan?.estimate.bytes ?? null;
    const total = estimate === null ? null : this.#before + estimate;
    if (phase === 'sending') this.#timeLeft.note(bytes, performance.now());
    return {
      phase,
      bytes,
      total,
      bytesPerSecond: phase === 'sending' ? (meter?.bytesPerSecond ?? 0) : 0,
      meanBytesPerSecond: this.#mean(meter),
      secondsLeft: phase === 'sending' ? this.#timeLeft.range(total) : null,
      silentMs: meter?.silentMs ?? 0,
      stream:
        carrying === null
          ? null
          : {
              index: carrying.index,
              count: this.#plan?.streams.length ?? 0,
              snapshot: carrying.snapshot,
              bytes: inStream,
              total: carrying.total,
            },
    };
  }

  #mean(meter: Meter | null): number {
    if (meter !== null && meter.meanBytesPerSecond > 0) return meter.meanBytesPerSecond;
    return this.#wire.ms > 0 ? (this.#wire.bytes / this.#wire.ms) * 1000 : 0;
  }
}
