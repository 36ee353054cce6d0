/** One `send | receive` step: starts the relay, turns its meters into progress, and says what its end means. */
import type { Failure } from '../../shared/model/failure.ts';
import { failure } from '../../shared/model/failure.ts';
import type { Step } from '../../shared/model/plan.ts';
import { diagnoseTransfer } from '../../shared/zfs/diagnose.ts';
import { showCommand, wireCommand } from '../../shared/zfs/wire.ts';
import { type Endpoint, type Meter, type RelayEnd, relaySucceeded } from '../transfer/job.ts';
import { type Relay, startRelay } from '../transfer/relay.ts';
import type { Reached } from './make-plan.ts';

export interface CarriedStream {
  readonly bytes: number;
  readonly durationMs: number;
  /** Null if both ends said success; what is at the destination is checked by GUID later all the same. */
  readonly fault: Failure | null;
  readonly cancelled: boolean;
  /** True if a line or host was lost: worth trying again for as long as the user lets it. */
  readonly lineLost: boolean;
  readonly stderr: { readonly source: string; readonly destination: string };
}

const endpointOf = ({ target }: Reached): Endpoint => (target === null ? { kind: 'local' } : { kind: 'ssh', target });

function explain(step: Step, end: RelayEnd): Failure | null {
  if (relaySucceeded(end)) return null;
  const stderr = { source: end.source?.stderr ?? '', destination: end.destination?.stderr ?? '' };
  if (end.fault !== null) return { ...end.fault, stderr };
  const lost = end.destination?.lost ?? end.source?.lost ?? null;
  if (lost !== null) return { ...lost, stderr };
  const found = diagnoseTransfer(stderr);
  const [send, receive] = step.commands;
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

/**
 * @param limit bytes per second, null: none
 * @param onRelay is given the relay once it runs, for cancelling it and changing its limit
 */
export async function carryStream(
  step: Step,
  ends: { readonly source: Reached; readonly destination: Reached },
  limit: number | null,
  listeners: { onMeter(meter: Meter): void; onRelay(relay: Relay): void },
): Promise<CarriedStream> {
  const [send, receive] = step.commands;
  if (send === undefined || receive === undefined)
    throw new Error(`A send-receive step has two commands, this one has ${step.commands.length}`);
  const begun = performance.now();
  const relay = startRelay(
    {
      source: { endpoint: endpointOf(ends.source), command: wireCommand(send.argv) },
      destination: { endpoint: endpointOf(ends.destination), command: wireCommand(receive.argv) },
      limit,
    },
    { onMeter: listeners.onMeter, ask: ends.source.ask },
  );
  listeners.onRelay(relay);
  const end = await relay.done;
  return {
    bytes: end.bytes,
    durationMs: performance.now() - begun,
    fault: end.cancelled ? null : explain(step, end),
    cancelled: end.cancelled,
    lineLost: end.fault?.kind === 'passing' || (end.source?.lost ?? end.destination?.lost ?? null) !== null,
    stderr: { source: end.source?.stderr ?? '', destination: end.destination?.stderr ?? '' },
  };
}
