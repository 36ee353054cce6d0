/** One `send | receive` step: starts what carries it on its route, turns its meters into progress, and says what its end means. */
import type { Failure } from '../../shared/model/failure.ts';
import { failure } from '../../shared/model/failure.ts';
import type { Plan, Step } from '../../shared/model/plan.ts';
import { endsOf, passesBy, tellsProgress } from '../../shared/transfer/stages.ts';
import { diagnoseTransfer } from '../../shared/zfs/diagnose.ts';
import { showCommand, wireEnd, wireStages } from '../../shared/zfs/wire.ts';
import type { Reached } from '../hosts/reached.ts';
import { connectSsh, type Exit, localShell, type OneKeyAgent, type Shell } from '../ssh/index.ts';
import { endpointOf, type Pids, type StreamOutcome, streamSucceeded } from '../transfer/job.ts';
import { startPipe } from '../transfer/pipe.ts';
import { startRelay } from '../transfer/relay.ts';
import type { StreamHandle, StreamListeners } from '../transfer/stream-handle.ts';

export interface CarriedStream {
  /** Of the stream. */
  readonly bytes: number;
  /** How many of them went over the wire, if compressed on the way through here; null otherwise. */
  readonly packedBytes: number | null;
  readonly durationMs: number;
  /** Null if both ends said success; what is at the destination is checked by GUID later all the same. */
  readonly fault: Failure | null;
  readonly cancelled: boolean;
  /** True if a line or host was lost: worth trying again for as long as the user lets it. */
  readonly lineLost: boolean;
  readonly stderr: { readonly source: string; readonly destination: string };
  /** Of the ends of which it is not known that they have ended. */
  readonly orphans: Pids;
}

/** Why a line or host was lost. What the end that failed first led to at the other one is no cause: both are ended then. */
function lostBy({ source, destination, failedFirst }: StreamOutcome): Failure | null {
  if (failedFirst === 'source') return source?.lost ?? null;
  return destination?.lost ?? (failedFirst === null ? source?.lost : null) ?? null;
}

function explain(step: Step, end: StreamOutcome): Failure | null {
  if (streamSucceeded(end)) return null;
  const stderr = { source: end.source?.stderr ?? '', destination: end.destination?.stderr ?? '' };
  if (end.fault !== null) return { ...end.fault, stderr };
  const lost = lostBy(end);
  if (lost !== null) return { ...lost, stderr };
  const found = diagnoseTransfer(stderr);
  const [send, receive] = [step.commands[0], step.commands.at(-1)];
  return failure({
    code: found.code,
    message: `${step.title}: the stream did not arrive.`,
    cause: found.cause,
    next: found.next,
    kind: found.kind,
    stderr,
    evidence: {
      sourceStatus: end.source?.status ?? null,
      destinationStatus: end.destination?.status ?? null,
      failedFirst: end.failedFirst,
      send: send === undefined ? null : showCommand(send.argv),
      receive: receive === undefined ? null : showCommand(receive.argv),
    },
  });
}

export interface CarryEnds {
  readonly source: Reached;
  readonly destination: Reached;
  /** Holds the key that the destination lets in for this stream; null unless the route is direct. */
  readonly agent: OneKeyAgent | null;
}

/** A connection of the stream's own to the host of the send. */
const openSource = (source: Reached, signal: AbortSignal, agent: OneKeyAgent | null): Promise<Shell> =>
  source.target === null
    ? Promise.resolve(localShell())
    : connectSsh(source.target, { signal, ask: source.ask, ...(agent === null ? {} : { forwardedAgent: agent }) });

/** Bytes that stay on one host, or go from one to the other past this computer. */
function startPipeOf(step: Step, { source, destination, agent }: CarryEnds, listeners: StreamListeners): StreamHandle {
  return startPipe(
    {
      // What a direct stream runs at the destination is what the key forces there.
      commands: (agent === null ? step.commands : endsOf(step).source).map(({ argv }) => argv),
      open: (signal) => openSource(source, signal, agent),
      remote: agent !== null,
      ...(agent === null ? {} : { endReceive: (pid: number) => endReceive(destination, pid) }),
    },
    listeners,
  );
}

/** The destination's own line may be the one that is lost: best effort. */
async function endReceive({ shell }: Reached, pid: number): Promise<void> {
  await shell.collect(wireEnd(pid), { timeoutMs: 10_000 }).catch(() => undefined);
}

/** `SLUICE_TEST_FLIP=OFFSET`: the first stream of the process has one byte changed, as by a fault that no tunnel sees. */
function byteToFlip(): number | null {
  const offset = Number(process.env.SLUICE_TEST_FLIP ?? Number.NaN);
  delete process.env.SLUICE_TEST_FLIP;
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : null;
}

function startStream(
  step: Step,
  route: Plan['route'],
  ends: CarryEnds,
  limit: number | null,
  listeners: StreamListeners,
): StreamHandle {
  if (passesBy(step, route, ends.source.target === null)) return startPipeOf(step, ends, listeners);
  const { source, destination } = ends;
  const stages = endsOf(step);
  const job = {
    source: { endpoint: endpointOf(source.target), command: wireStages(stages.source.map(({ argv }) => argv)) },
    destination: {
      endpoint: endpointOf(destination.target),
      command: wireStages(stages.destination.map(({ argv }) => argv)),
    },
    limit,
    tells: tellsProgress(stages.source),
    flipAt: byteToFlip(),
  };
  return startRelay(job, { ...listeners, ask: source.ask });
}

/**
 * @param limit bytes per second, null: none
 * @param listeners `onStream` is given what carries once it runs, for pausing, cancelling it and changing its limit
 */
export async function carryStream(
  step: Step,
  route: Plan['route'],
  ends: CarryEnds,
  limit: number | null,
  listeners: Pick<StreamListeners, 'onMeter' | 'onUnheeded'> & { onStream(stream: StreamHandle): void },
): Promise<CarriedStream> {
  const begun = performance.now();
  const stream = startStream(step, route, ends, limit, listeners);
  listeners.onStream(stream);
  const end = await stream.done;
  return {
    bytes: end.bytes,
    packedBytes: tellsProgress(endsOf(step).source) ? end.lineBytes : null,
    durationMs: performance.now() - begun,
    fault: end.cancelled ? null : explain(step, end),
    cancelled: end.cancelled,
    lineLost: end.fault?.kind === 'passing' || lostBy(end) !== null,
    stderr: { source: end.source?.stderr ?? '', destination: end.destination?.stderr ?? '' },
    orphans: {
      source: isOver(end.source) ? null : end.pids.source,
      destination: isOver(end.destination) ? null : end.pids.destination,
    },
  };
}

/** True if the command itself reported its end; one that was ended from here may have reported nothing. */
const isOver = (exit: Exit | null): boolean =>
  exit !== null && exit.lost === null && (exit.status !== null || exit.signal !== null);
