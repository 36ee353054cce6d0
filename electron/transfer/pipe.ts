/**
 * A stream that does not come through this computer: a pipe of commands on one host. The local route's pipe ends in the receive,
 * the direct route's in an ssh whose other end is the receive. Only messages and the progress come here.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Failure, SluiceError, toFailure } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import { SlidingMeter } from '../../shared/transfer/meter.ts';
import { readWatch, splitSent, type WireText, wireContinue, wirePipe, wireSuspend } from '../../shared/zfs/wire.ts';
import type { Exit, Running, Shell } from '../ssh/shell.ts';
import { StderrLines } from '../ssh/stderr-lines.ts';
import { systemClock } from './clock.ts';
import { cancelled, limitIsFixed, notContinued, notPaused } from './faults.ts';
import type { Meter, StreamOutcome } from './job.ts';
import { KeptMessages } from './kept-messages.ts';
import { linkFault } from './link-fault.ts';
import type { StreamHandle, StreamListeners } from './stream-handle.ts';
import { ToldProgress } from './told-progress.ts';

export interface PipeJob {
  /** First the send, last the receive or what leads to it; all run on one host. */
  readonly commands: readonly (readonly string[])[];
  /** Logs in at that host. */
  readonly open: (signal: AbortSignal) => Promise<Shell>;
  /** True if the last command is an ssh to the destination, whose frame tells pid and status of the receive. */
  readonly remote: boolean;
  /** Ends the receive at the destination by its pid, where the pipe's own end cannot be relied on; best effort. */
  readonly endReceive?: (pid: number) => Promise<void>;
}

const METER_MS = 200;
/** What a pipe that was told to stop or go on needs to tell that it had ended before, ms. */
const END_GRACE = 2_000;

class Pipe implements StreamHandle {
  readonly done: Promise<StreamOutcome>;
  readonly limitIsFixed = true;
  readonly #job: PipeJob;
  readonly #listeners: StreamListeners;
  readonly #abort = new AbortController();
  readonly #told = new ToldProgress();
  readonly #heard = new KeptMessages();
  #meter = new SlidingMeter(systemClock.now());
  #phase: Meter['phase'] = 'connecting';
  #paused = false;
  /** What the host was last told; null: it may or may not have heard it. */
  #stopped: boolean | null = false;
  /** One at a time: a stop that is overtaken by what lets the pipe go on would last. */
  #holding: Promise<void> = Promise.resolve();
  #shell: Shell | null = null;
  #running: Running | null = null;
  #sent: number | null = null;
  /** Of the source's frame. */
  #pid: number | null = null;
  /** Of what watches the source's line to us. */
  #watch: number | null = null;
  #receivePid: number | null = null;
  #received: number | null = null;

  constructor(job: PipeJob, listeners: StreamListeners) {
    this.#job = job;
    this.#listeners = listeners;
    this.done = this.#run();
  }

  setLimit(): void {
    throw limitIsFixed();
  }

  pause(): void {
    this.#paused = true;
    this.#meter.pause(systemClock.now());
    this.#hold();
  }

  goOn(): void {
    this.#paused = false;
    this.#meter.goOn(systemClock.now());
    this.#hold();
  }

  cancel(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#running?.kill();
  }

  #hold(): void {
    this.#holding = this.#holding.then(() => this.#holdOrLetGo());
  }

  /** Has the host stop the pipe or let it go on, as was wanted last; says so if that has no effect. */
  async #holdOrLetGo(): Promise<void> {
    const [stop, pid, watch, running] = [this.#paused, this.#pid, this.#watch, this.#running];
    if (pid === null || watch === null || running === null || this.#shell === null || stop === this.#stopped) return;
    this.#stopped = stop;
    const why = await tell(this.#shell, stop ? wireSuspend(pid, watch) : wireContinue(pid));
    if (why === null) return;
    this.#stopped = null;
    // A pipe that has just ended is no fault.
    const ended = await Promise.race([running.exit, wait(END_GRACE, null, { ref: false })]);
    if (ended !== null || this.#abort.signal.aborted) return;
    if (stop && this.#paused) this.#meter.goOn(systemClock.now());
    this.#listeners.onUnheeded?.(stop ? notPaused(why) : notContinued(why));
  }

  async #run(): Promise<StreamOutcome> {
    const ticking = setInterval(() => this.#tell(), METER_MS);
    try {
      this.#shell = await this.#job.open(this.#abort.signal);
      const exit = await this.#pipe(this.#shell);
      return await this.#judge(exit);
    } catch (thrown) {
      return this.#end(null, null, this.#abort.signal.aborted ? cancelled : toFailure(thrown), 'source');
    } finally {
      clearInterval(ticking);
      await this.#shell?.close();
      this.#tell();
    }
  }

  async #pipe(shell: Shell): Promise<Exit> {
    const running = await shell.start(wirePipe(this.#job.commands), {
      onStderr: (line) => this.#hearSource(line),
      onPid: (pid) => {
        this.#pid = pid;
      },
    });
    this.#running = running;
    running.stdin.on('error', () => undefined);
    this.#phase = 'sending';
    this.#meter = new SlidingMeter(systemClock.now());
    if (this.#paused) this.pause();
    const said = new StderrLines(
      (frame) => {
        if (frame.kind === 'pid') this.#receivePid = frame.value;
        else this.#received = frame.value;
      },
      (line) => this.#heard.add(line),
    );
    running.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    running.stdout.on('error', () => undefined);
    const exit = running.exit.then((ended) => {
      said.end();
      return ended;
    });
    if (this.#abort.signal.aborted) running.kill();
    return await exit;
  }

  #hearSource(line: string): void {
    const watch = readWatch(line);
    if (watch !== null) {
      this.#watch = watch;
      if (this.#paused) this.#hold();
      return;
    }
    const { own, status } = splitSent(line);
    if (status !== null) {
      this.#sent = status;
      this.#phase = 'finishing';
      if (status === 0) this.#meter.add(this.#told.rest(), systemClock.now());
    }
    if (own === '') return;
    const moved = this.#told.take(own);
    if (moved > 0) this.#meter.add(moved, systemClock.now());
  }

  async #judge(exit: Exit): Promise<StreamOutcome> {
    const stopped = this.#abort.signal.aborted;
    const status = this.#job.remote ? this.#received : exit.status;
    const failed = stopped || exit.lost !== null || status !== 0;
    if (failed && this.#receivePid !== null) await this.#job.endReceive?.(this.#receivePid);
    const linkLost = this.#job.remote && !stopped && exit.lost === null && status === null && exit.status !== 0;
    const source: Exit = { ...exit, status: this.#sent, stderr: this.#told.stderr };
    const destination: Exit = {
      status,
      signal: null,
      lost: linkLost ? linkFault(this.#heard.text) : exit.lost,
      stderr: this.#heard.text,
    };
    // 141: SIGPIPE. That, and what a send says of a line that went away ("Broken pipe"), is only what the receiver's end led to.
    const sendFailed = this.#sent !== null && this.#sent !== 0 && this.#sent !== 141;
    const first = sendFailed && !linkLost ? 'source' : 'destination';
    return this.#end(source, destination, stopped ? cancelled : null, failed ? first : null);
  }

  #end(source: Exit | null, destination: Exit | null, fault: Failure | null, failedFirst: Side | null): StreamOutcome {
    return {
      source,
      destination,
      pids: { source: this.#pid, destination: this.#receivePid },
      bytes: this.#meter.read(systemClock.now()).bytes,
      lineBytes: null,
      fault,
      failedFirst: fault === cancelled ? null : failedFirst,
      cancelled: fault === cancelled,
    };
  }

  #tell(): void {
    this.#listeners.onMeter({ phase: this.#phase, ...this.#meter.read(systemClock.now()) });
  }
}

/** @returns why the host did not do it; null: it did */
async function tell(shell: Shell, command: WireText): Promise<string | null> {
  try {
    const { status, stderr } = await shell.collect(command, { timeoutMs: 10_000 });
    return status === 0 ? null : stderr.trim() || `kill: ${status}`;
  } catch (thrown) {
    if (!(thrown instanceof SluiceError)) throw thrown;
    return `${thrown.failure.message} ${thrown.failure.cause}`.trim();
  }
}

/** Starts the pipe at once. Its limit cannot be changed: {@link StreamHandle.setLimit} throws `limit-fixed`. */
export const startPipe = (job: PipeJob, listeners: StreamListeners): StreamHandle => new Pipe(job, listeners);
