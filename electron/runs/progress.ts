/** Puts the meters of single streams together to the progress of a run: honest about estimates, restarts and silence. */
import type { Plan, Step, Stream } from '../../shared/model/plan.ts';
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

/** A stream under way, with what its meter said last. */
interface UnderWay extends Carrying {
  meter: Meter | null;
}

const alreadyOf = (streams: readonly Stream[]): number =>
  streams.reduce((sum, { alreadyReceived }) => sum + alreadyReceived, 0);

const inStream = ({ already, meter }: UnderWay): number => already + (meter?.bytes ?? 0);

/** Bytes per second; 0 before anything was under way. */
export const meanRate = ({ bytes, ms }: Progress['sent']): number => (ms > 0 ? (bytes / ms) * 1000 : 0);

export class RunProgress {
  readonly #timeLeft = new TimeLeft();
  /** Streams of earlier plans that are through and that the present plan no longer has. */
  #before = 0;
  /** Streams of the present plan that are through. */
  #done = 0;
  /** What lies half-received at the destination, of streams whose turn is still to come. */
  #kept = 0;
  #plan: Plan | null = null;
  /** By the number of the step that brings them. */
  readonly #underWay = new Map<number, UnderWay>();
  /** What was cut stays shown as far as it came, until a new plan knows what of it was kept. */
  #cut: readonly UnderWay[] = [];
  /** Bytes over the wire of streams that have ended, over all attempts. */
  #bytes: number;
  /** Time in which at least one stream was under way: what has passed, and since when one is. */
  #ms: number;
  #since: number | null = null;

  /** @param earlier what processes before this one sent */
  constructor(earlier: Progress['sent'] = { bytes: 0, ms: 0 }) {
    this.#bytes = earlier.bytes;
    this.#ms = earlier.ms;
  }

  /** What went over the wire so far, over all attempts and processes. */
  get sent(): Progress['sent'] {
    const underWay = [...this.#underWay.values()].reduce((sum, { meter }) => sum + (meter?.bytes ?? 0), 0);
    return {
      bytes: this.#bytes + underWay,
      ms: this.#ms + (this.#since === null ? 0 : performance.now() - this.#since),
    };
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
    this.#kept = alreadyOf(next.streams);
    this.#underWay.clear();
    this.#cut = [];
    this.#timeLeft.restart();
  }

  /** @param step tells apart streams that are under way at once */
  begin(streams: readonly number[], step = 0): void {
    const planned = streams.flatMap((index) => this.#plan?.streams[index] ?? []);
    const last = planned.at(-1);
    const known = planned.every((stream) => stream.bytes !== null);
    const already = alreadyOf(planned);
    this.#cut = [];
    this.#kept -= already;
    this.#since ??= performance.now();
    this.#underWay.set(step, {
      index: streams.at(-1) ?? 0,
      snapshot: last?.snapshot ?? '',
      already,
      total: known ? planned.reduce((sum, stream) => sum + (stream.bytes ?? 0), 0) : null,
      meter: null,
    });
  }

  /** A step's stream ended; what it carried counts as through if it succeeded. */
  end(bytes: number, durationMs: number, arrived: boolean, step = 0): void {
    const carrying = this.#underWay.get(step);
    this.#underWay.delete(step);
    this.#bytes += bytes;
    if (this.#underWay.size === 0) {
      // Alone, a stream's own time counts; of several, the time in which any was under way.
      const several = this.#since === null ? durationMs : performance.now() - this.#since;
      this.#ms += Math.max(durationMs, several);
      this.#since = null;
    }
    if (arrived) this.#done += (carrying?.already ?? 0) + bytes;
    else if (carrying !== undefined) this.#cut = [...this.#cut, carrying];
  }

  meter(meter: Meter, step = 0): Progress {
    const carrying = this.#underWay.get(step);
    if (carrying !== undefined) carrying.meter = meter;
    return this.now(this.#phase(meter.phase));
  }

  /** Of several streams the run does what the busiest does. */
  #phase(own: Phase): Phase {
    const phases = [...this.#underWay.values()].map(({ meter }) => meter?.phase ?? 'connecting');
    return (['sending', 'finishing', 'connecting'] as const).find((phase) => phases.includes(phase)) ?? own;
  }

  /** Of a step that brings nothing: before the streams it prepares, after them it finishes. */
  beside(step: Step): Progress {
    if (step.kind === 'verify') return this.now('proving');
    const steps = this.#plan?.steps ?? [];
    const lastSend = steps.findLastIndex(({ kind }) => kind === 'send-receive');
    // A stream that is under way says more than what is done beside it.
    return this.now(this.#phase(lastSend >= 0 && steps.indexOf(step) > lastSend ? 'finishing' : 'preparing'));
  }

  now(phase: Phase): Progress {
    const active = [...this.#underWay.values()];
    const shown = [...active, ...this.#cut];
    const bytes = this.#before + this.#done + this.#kept + shown.reduce((sum, one) => sum + inStream(one), 0);
    const estimate = this.#plan?.estimate.bytes ?? null;
    const total = estimate === null ? null : this.#before + estimate;
    if (phase === 'sending') this.#timeLeft.note(bytes, performance.now());
    const meters = shown.flatMap(({ meter }) => meter ?? []);
    const first = shown.toSorted((a, b) => a.index - b.index)[0];
    return {
      phase,
      bytes,
      total,
      bytesPerSecond: phase === 'sending' ? meters.reduce((sum, meter) => sum + meter.bytesPerSecond, 0) : 0,
      meanBytesPerSecond: this.#mean(meters),
      secondsLeft: phase === 'sending' ? this.#timeLeft.range(total) : null,
      silentMs: meters.length === 0 ? 0 : Math.min(...meters.map(({ silentMs }) => silentMs)),
      sent: this.sent,
      stream:
        first === undefined
          ? null
          : {
              index: first.index,
              count: this.#plan?.streams.length ?? 0,
              snapshot: first.snapshot,
              bytes: inStream(first),
              total: first.total,
            },
    };
  }

  #mean(meters: readonly Meter[]): number {
    const [only] = meters;
    // The first stream's own mean leaves out its pauses and logins.
    if (meters.length === 1 && this.#bytes === 0 && only !== undefined && only.meanBytesPerSecond > 0)
      return only.meanBytesPerSecond;
    return meanRate(this.sent);
  }
}
