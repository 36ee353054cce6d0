/**
 * A stream that does not come through this computer: a pipe of commands on one host. The local route's pipe ends in the receive,
 * the direct route's in an ssh whose other end is the receive. Only messages and the progress come here.
 */

import { type Failure, toFailure } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import { SlidingMeter } from '../../shared/transfer/meter.ts';
import { splitSent, wirePipe, wireSuspend } from '../../shared/zfs/wire.ts';
import type { Exit, Running, Shell } from '../ssh/shell.ts';
import { StderrLines } from '../ssh/stderr-lines.ts';
import { systemClock } from './clock.ts';
import { cancelled, limitIsFixed } from './faults.ts';
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
  #shell: Shell | null = null;
  #running: Running | null = null;
  #sent: number | null = null;
  /** Of the source's frame. */
  #pid: number | null = null;
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
    this.#suspend('STOP');
  }

  goOn(): void {
    this.#paused = false;
    this.#meter.goOn(systemClock.now());
    this.#suspend('CONT');
  }

  cancel(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    // A stopped process does not heed TERM.
    if (this.#paused) this.#suspend('CONT');
    this.#running?.kill();
  }

  #suspend(signal: 'STOP' | 'CONT'): void {
    if (this.#pid === null || this.#shell === null) return;
    // What it answers is of no use: a pipe that has just ended is no fault.
    this.#shell.collect(wireSuspend(this.#pid, signal), { timeoutMs: 10_000 }).catch(() => undefined);
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
      onPid: (pid) => this.#learnPid(pid),
    });
    this.#running = running;
    running.stdin.on('error', () => undefined);
    this.#phase = 'sending';
    this.#meter = new SlidingMeter(systemClock.now());
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

  #learnPid(pid: number): void {
    this.#pid = pid;
    if (this.#paused) this.#suspend('STOP');
  }

  #hearSource(line: string): void {
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

/** Starts the pipe at once. Its limit cannot be changed: {@link StreamHandle.setLimit} throws `limit-fixed`. */
export const startPipe = (job: PipeJob, listeners: StreamListeners): StreamHandle => new Pipe(job, listeners);
