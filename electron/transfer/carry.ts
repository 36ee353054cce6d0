import { type Failure, toFailure } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import { SlidingMeter } from '../../shared/transfer/meter.ts';
import { release } from '../ssh/release.ts';
import type { Exit, Running, Shell } from '../ssh/shell.ts';
import type { Clock } from './clock.ts';
import { connectBoth } from './connect-both.ts';
import { cancelled, destinationEndedEarly, sourceClosedEarly } from './faults.ts';
import { type Meter, type RelayJob, type StreamOutcome, succeeded } from './job.ts';
import { Pump } from './pump.ts';
import { ToldProgress } from './told-progress.ts';

export interface CarryOptions {
  readonly clock: Clock;
  /** Logs in at one end; rejects when the signal aborts. */
  readonly open: (side: Side, signal: AbortSignal) => Promise<Shell>;
}

/** How long an end that was told to stop may take to report how it ended, ms. */
const WIND_DOWN_MS = 10_000;
/** How long a source may take to end after its receiver is done, ms: `zfs send` releases its holds then. */
const SOURCE_TAIL_MS = 30_000;

type Outcome = 'sent' | 'source-failed' | 'source-closed' | 'destination-ended' | 'destination-closed' | 'stopped';

const never = new Promise<never>(() => undefined);

/**
 * Carries one command's stdout to another's stdin and sees both to their ends.
 *
 * All bytes pass through here, so that an end can be hurt by the other only through what is done here; whichever fails
 * first is the cause. The destination's stdin is ended only after the source said status 0: a stream that was cut must
 * not look complete to the receiver. Otherwise its command is ended; `zfs receive -s` keeps its state then too.
 */
export class Carry {
  /** Settles once, never rejects. */
  readonly done: Promise<StreamOutcome>;
  readonly #job: RelayJob;
  readonly #options: CarryOptions;
  readonly #abort = new AbortController();
  readonly #stopped: Promise<'stopped'>;
  #phase: Meter['phase'] = 'connecting';
  #meter: SlidingMeter;
  #limit: number | null;
  #paused = false;
  #pump: Pump | null = null;
  readonly #pids: { source: number | null; destination: number | null } = { source: null, destination: null };
  readonly #exits: { source: Exit | null; destination: Exit | null } = { source: null, destination: null };
  /** Null where what passes here is what is metered. */
  readonly #told: ToldProgress | null;
  #lineBytes = 0;
  #verdict: { readonly failedFirst: Side | null; readonly fault: Failure | null } | null = null;
  #cancelled = false;

  /** Starts at once. */
  constructor(job: RelayJob, options: CarryOptions) {
    this.#job = job;
    this.#options = options;
    this.#limit = job.limit;
    this.#told = job.tells === true ? new ToldProgress() : null;
    this.#meter = new SlidingMeter(options.clock.now());
    this.#stopped = new Promise((resolve) => {
      this.#abort.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    });
    this.done = this.#run();
  }

  setLimit(bytesPerSecond: number | null): void {
    this.#limit = bytesPerSecond;
    this.#pump?.setLimit(bytesPerSecond);
  }

  pause(): void {
    this.#paused = true;
    this.#meter.pause(this.#options.clock.now());
    this.#pump?.pause();
  }

  goOn(): void {
    this.#paused = false;
    this.#meter.goOn(this.#options.clock.now());
    this.#pump?.goOn();
  }

  cancel(): void {
    if (this.#abort.signal.aborted) return;
    this.#cancelled = true;
    this.#fail(null, cancelled);
    this.#abort.abort();
  }

  meter(): Meter {
    return { phase: this.#phase, ...this.#meter.read(this.#options.clock.now()) };
  }

  async #run(): Promise<StreamOutcome> {
    try {
      const shells = await connectBoth(this.#options.open, this.#abort.signal);
      if (shells.kind === 'failed') this.#fail(shells.side, shells.fault);
      else await this.#carryBetween(shells.source, shells.destination);
    } catch (thrown) {
      this.#fail(null, toFailure(thrown));
    }
    return {
      ...this.#exits,
      pids: { ...this.#pids },
      bytes: this.meter().bytes,
      lineBytes: this.#lineBytes,
      fault: this.#verdict?.fault ?? null,
      failedFirst: this.#verdict?.failedFirst ?? null,
      cancelled: this.#cancelled,
    };
  }

  async #carryBetween(source: Shell, destination: Shell): Promise<void> {
    const running: Running[] = [];
    try {
      if (this.#abort.signal.aborted) return;
      const receiver = await this.#start('destination', destination, running);
      const sender = receiver && (await this.#start('source', source, running));
      if (receiver && sender && !this.#abort.signal.aborted) await this.#send(sender, receiver);
    } finally {
      if (this.#verdict !== null) for (const command of running) command.kill();
      await this.#within(Promise.all(running.map((command) => command.exit)), WIND_DOWN_MS);
      await this.#within(Promise.all([source.close(), destination.close()]), WIND_DOWN_MS);
    }
  }

  async #start(side: Side, shell: Shell, running: Running[]): Promise<Running | null> {
    try {
      const command = await shell.start(this.#job[side].command, {
        onStderr: (line) => {
          if (side === 'source') this.#hearSource(line);
        },
        onPid: (pid) => {
          this.#pids[side] = pid;
        },
      });
      running.push(command);
      void command.exit.then((exit) => {
        const { stderr } = side === 'source' && this.#told !== null ? this.#told : exit;
        this.#exits[side] = { ...exit, stderr };
      });
      return command;
    } catch (thrown) {
      this.#fail(side, toFailure(thrown));
      return null;
    }
  }

  /** What is no progress is in the command's exit, whole. */
  #hearSource(line: string): void {
    const moved = this.#told?.take(line) ?? 0;
    if (moved > 0) this.#meter.add(moved, this.#options.clock.now());
  }

  #accepted(bytes: number): void {
    this.#lineBytes += bytes;
    // Compressed bytes are no progress, but they show that the line is not silent.
    this.#meter.add(this.#told === null ? bytes : 0, this.#options.clock.now());
  }

  async #send(source: Running, destination: Running): Promise<void> {
    const { clock } = this.#options;
    this.#enter('sending');
    source.stdin.on('error', () => undefined).end();
    // Nobody reads what it prints, but what is not read stops it; why it broke is told by its exit.
    destination.stdout.on('error', () => undefined).resume();
    const pump = new Pump(source.stdout, destination.stdin, {
      limit: this.#limit,
      clock,
      onAccepted: (bytes) => this.#accepted(bytes),
      onDone: release,
      flipAt: this.#job.flipAt ?? null,
    });
    this.#pump = pump;
    if (this.#paused) pump.pause();
    const outcome = await Promise.race([this.#stopped, ...this.#endings(source, destination, pump)]);
    await this.#conclude(outcome, source, destination, pump);
    pump.stop();
  }

  /** Everything that can end the sending. */
  #endings(source: Running, destination: Running, pump: Pump): Promise<Outcome>[] {
    const sourceEnding = source.exit.then((exit): Outcome => (succeeded(exit) ? 'sent' : 'source-failed'));
    return [
      sourceEnding.then((ending) => (ending === 'sent' ? never : ending)),
      destination.exit.then(() => 'destination-ended'),
      pump.done.then((end) => {
        if (end.kind === 'drained') return sourceEnding;
        return end.kind === 'sink-failed' ? 'destination-closed' : 'source-closed';
      }),
    ];
  }

  async #conclude(outcome: Outcome, source: Running, destination: Running, pump: Pump): Promise<void> {
    switch (outcome) {
      case 'sent':
        return this.#finish(destination);
      case 'source-failed':
        return this.#fail('source', (await source.exit).lost);
      case 'source-closed': {
        const exit = await this.#within(source.exit, WIND_DOWN_MS);
        return this.#fail('source', exit === null || succeeded(exit) ? sourceClosedEarly : exit.lost);
      }
      case 'destination-ended': {
        const exit = await destination.exit;
        return succeeded(exit) ? this.#awaitSourceTail(source, pump) : this.#fail('destination', exit.lost);
      }
      case 'destination-closed': {
        const exit = await this.#within(destination.exit, WIND_DOWN_MS);
        return this.#fail('destination', exit === null || succeeded(exit) ? destinationEndedEarly : exit.lost);
      }
      case 'stopped':
        return;
    }
  }

  /** The stream is complete: the destination may see its end and take all the time it needs. */
  async #finish(destination: Running): Promise<void> {
    this.#enter('finishing');
    if (this.#told !== null) this.#meter.add(this.#told.rest(), this.#options.clock.now());
    destination.stdin.end();
    const ended = await Promise.race([this.#stopped, destination.exit]);
    if (ended !== 'stopped' && !succeeded(ended)) this.#fail('destination', ended.lost);
  }

  /**
   * The destination was content before the source ended. `zfs receive` leaves at the stream's END record, so this is
   * fine if the source has nothing more to say.
   */
  async #awaitSourceTail(source: Running, pump: Pump): Promise<void> {
    const tail = Promise.race([
      this.#stopped,
      source.exit.then((exit) => (succeeded(exit) ? never : exit)),
      pump.done.then((end) => (end.kind === 'drained' ? source.exit : null)),
    ]);
    const ended = await this.#within(tail, SOURCE_TAIL_MS);
    if (ended === null) this.#fail('destination', destinationEndedEarly);
    else if (ended !== 'stopped' && !succeeded(ended)) this.#fail('source', ended.lost);
  }

  #enter(phase: 'sending' | 'finishing'): void {
    this.#phase = phase;
    if (phase === 'sending') this.#meter = new SlidingMeter(this.#options.clock.now());
    if (this.#paused) this.#meter.pause(this.#options.clock.now());
  }

  /** What fails first is the cause; what fails later is only its consequence. */
  #fail(failedFirst: Side | null, fault: Failure | null): void {
    this.#verdict ??= { failedFirst, fault };
  }

  async #within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
    const late = Promise.withResolvers<null>();
    const takeBack = this.#options.clock.after(ms, () => late.resolve(null));
    try {
      return await Promise.race([promise, late.promise]);
    } finally {
      takeBack();
    }
  }
}
