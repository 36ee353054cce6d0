/** Does single steps of a plan: commands, streams, keys. What goes wrong is thrown as a {@link StepFault}. */
import { spokenBytes } from '../../shared/model/bytes.ts';
import { type Failure, SluiceError } from '../../shared/model/failure.ts';
import { THIS_COMPUTER } from '../../shared/model/host.ts';
import type { Command, Plan, Step } from '../../shared/model/plan.ts';
import { passesBy } from '../../shared/transfer/stages.ts';
import { wireEndOrphan } from '../../shared/zfs/wire.ts';
import { type ReachHost, reachBoth } from '../hosts/reached.ts';
import type { OneKeyAgent } from '../ssh/index.ts';
import { limitIsFixed } from '../transfer/faults.ts';
import { endpointOf, type Meter } from '../transfer/job.ts';
import { prepareRelay } from '../transfer/relay-thread.ts';
import type { StreamHandle } from '../transfer/stream-handle.ts';
import { type CarriedStream, carryStream } from './carry-stream.ts';
import type { DirectKeys } from './direct-keys.ts';
import { StepCommands } from './step-commands.ts';
import { StepFault, Stopped } from './step-fault.ts';

export interface StepRunnerParts {
  readonly run: string;
  readonly reach: ReachHost;
  readonly keys: DirectKeys;
  readonly signal: AbortSignal;
  readonly onBegin: (index: number, step: Step) => void;
  readonly onMeter: (index: number, meter: Meter) => void;
  /** Of a stream that has ended. */
  readonly onCarried: (index: number, carried: { bytes: number; durationMs: number; arrived: boolean }) => void;
  readonly remark: (host: string, text: string, level: 'info' | 'warning') => void;
}

export class StepRunner {
  /** What was executed, in order, for the receipt. */
  readonly commands: Command[] = [];
  readonly #parts: StepRunnerParts;
  readonly #hosts: StepCommands;
  readonly #streams = new Set<StreamHandle>();
  readonly #agents = new Map<string | null, OneKeyAgent>();
  readonly #orphans: { readonly command: Command; readonly pid: number }[] = [];
  #paused = false;
  #limit: number | null = null;
  #limitIsFixed = false;

  constructor(parts: StepRunnerParts) {
    this.#parts = parts;
    this.#hosts = new StepCommands({ ...parts, onCommand: (command) => this.commands.push(command) });
  }

  pause(): void {
    this.#paused = true;
    for (const stream of this.#streams) stream.pause();
  }

  goOn(): void {
    this.#paused = false;
    for (const stream of this.#streams) stream.goOn();
  }

  /**
   * @param bytesPerSecond of all streams together; null: no limit
   * @throws SluiceError `limit-fixed` while a plan is carried out whose streams cannot be limited from here, also between two of them
   */
  setLimit(bytesPerSecond: number | null): void {
    if (this.#limitIsFixed && bytesPerSecond !== this.#limit) throw limitIsFixed();
    this.#limit = bytesPerSecond;
    this.#share();
  }

  /** Ends every stream; what the destination keeps is up to its receive. */
  stopStreams(): void {
    for (const stream of this.#streams) stream.cancel();
  }

  #share(): void {
    for (const stream of this.#streams)
      if (!stream.limitIsFixed) stream.setLimit(this.#limit === null ? null : this.#limit / this.#streams.size);
  }

  /** Told of each plan before its first step. */
  adopt(plan: Plan): void {
    const isHere = plan.request.source.host === THIS_COMPUTER;
    this.#limitIsFixed = plan.steps.some((one) => one.kind === 'send-receive' && passesBy(one, plan.route, isHere));
  }

  /** Has the relay log in while the steps before its first stream are done. */
  prepareStreams({ route, request }: Plan): void {
    if (route !== 'relay') return;
    // The first step that needs an unreachable host reports it.
    reachBoth(this.#parts.reach, request).then(
      ([source, destination]) =>
        prepareRelay({ source: endpointOf(source.target), destination: endpointOf(destination.target) }, source.ask),
      () => undefined,
    );
  }

  /**
   * @param index of the step in the plan
   * @throws StepFault, Stopped, or as the connection says
   */
  async perform(plan: Plan, step: Step, index: number): Promise<void> {
    switch (step.kind) {
      case 'send-receive':
        return await this.#send(plan, step, index);
      case 'authorize':
        return await this.#authorize(step);
      case 'revoke':
        return await this.#revoke(step);
      default:
        return await this.#hosts.perform(plan, step);
    }
  }

  /** See {@link StepCommands.performTogether}. */
  performTogether(plan: Plan, steps: readonly Step[]): Promise<ReadonlyMap<Step, Failure>> {
    return this.#hosts.performTogether(plan, steps);
  }

  /** Takes out every key that this run has let in and that is still there. */
  async takeKeysOut(): Promise<void> {
    for (const command of this.#parts.keys.left((run) => run === this.#parts.run)) {
      try {
        await this.#parts.keys.takeOut(command, this.#shellOf);
      } catch (thrown) {
        if (!(thrown instanceof SluiceError)) throw thrown;
        const { message, cause } = thrown.failure;
        this.#parts.remark(
          command.host,
          `A key of this run could not be taken out yet; Sluice tries again at its next start. ${message} ${cause}`.trim(),
          'warning',
        );
      }
    }
  }

  #remember(command: Command, pid: number | null): void {
    if (pid !== null) this.#orphans.push({ command, pid });
  }

  /**
   * Ends what lost lines have left running on the hosts, which do not notice a line that was cut without a word for hours.
   *
   * @throws as the connections say: then it is tried again before the next attempt
   */
  async endOrphans(): Promise<void> {
    for (let orphan = this.#orphans[0]; orphan !== undefined; orphan = this.#orphans[0]) {
      const { command, pid } = orphan;
      const { shell } = await this.#parts.reach(command.host);
      await shell.collect(wireEndOrphan(pid, command.argv), { timeoutMs: 30_000, signal: this.#parts.signal });
      this.#orphans.shift();
    }
  }

  readonly #shellOf = async (host: string) => (await this.#parts.reach(host)).shell;

  async #authorize(step: Step): Promise<void> {
    const [command] = step.commands;
    const mark = command?.argv.at(-1);
    if (command === undefined || mark === undefined) throw new Error('An authorize step has one command');
    this.commands.push(command);
    this.#agents.set(step.copy, await this.#parts.keys.letIn(this.#parts.run, command, mark, this.#shellOf));
  }

  async #revoke(step: Step): Promise<void> {
    this.#agents.delete(step.copy);
    for (const command of step.commands) {
      this.commands.push(command);
      await this.#parts.keys.takeOut(command, this.#shellOf);
    }
  }

  async #send(plan: Plan, step: Step, index: number): Promise<void> {
    const parts = this.#parts;
    const { request } = plan;
    const [send, receive] = [step.commands[0], step.commands.at(-1)];
    this.commands.push(...step.commands);
    parts.onBegin(index, step);
    const carried = await this.#carry(plan, step, index).catch((thrown) => {
      // Else the time until the next attempt would count as time in which something was sent.
      parts.onCarried(index, { bytes: 0, durationMs: 0, arrived: false });
      throw thrown;
    });
    if (send !== undefined) this.#remember(send, carried.orphans.source);
    if (receive !== undefined) this.#remember(receive, carried.orphans.destination);
    const arrived = carried.fault === null && !carried.cancelled;
    parts.onCarried(index, { bytes: carried.bytes, durationMs: carried.durationMs, arrived });
    if (carried.cancelled) throw new Stopped('The stream was told to stop.');
    if (carried.fault !== null) throw new StepFault(carried.fault, carried.lineLost);
    if (carried.packedBytes !== null) {
      const [line, all] = [spokenBytes(carried.packedBytes), spokenBytes(carried.bytes)];
      parts.remark(request.source.host, `Compressed in transit: ${line} on the wire for ${all} of the stream.`, 'info');
    }
    // ZFS reports what it could not do to a received dataset on stderr and ends with status 0.
    if (carried.stderr.source !== '') parts.remark(request.source.host, carried.stderr.source, 'info');
    if (carried.stderr.destination !== '')
      parts.remark(request.destination.host, carried.stderr.destination, 'warning');
  }

  async #carry({ route, request }: Plan, step: Step, index: number): Promise<CarriedStream> {
    const parts = this.#parts;
    const [source, destination] = await reachBoth(parts.reach, request);
    let stream: StreamHandle | null = null;
    return await carryStream(
      step,
      route,
      { source, destination, agent: this.#agents.get(step.copy) ?? null },
      this.#limit,
      {
        onMeter: (meter) => parts.onMeter(index, meter),
        onUnheeded: ({ message, cause, next }) =>
          parts.remark(request.source.host, `${message} ${next} ${cause}`, 'warning'),
        onStream: (started) => {
          stream = started;
          this.#streams.add(started);
          this.#share();
          if (this.#paused) started.pause();
          if (parts.signal.aborted) started.cancel();
        },
      },
    ).finally(() => {
      if (stream !== null) this.#streams.delete(stream);
      this.#share();
    });
  }
}
