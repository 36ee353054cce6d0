/** How much is to be sent: which commands tell it, the stream table they fill, and the estimate for the whole plan. */
import type { Command, Estimate, Stream } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import type { Decision, PlannedSend } from './decision.ts';
import { ownSnapshots } from './lineage.ts';
import { isToBeTaken } from './package/taking.ts';

/** What a host said of a send's size, in bytes; null: it could not say. */
export interface Measured {
  readonly total: number | null;
  /** One for each stream of the send, where the tool lists them. */
  readonly parts: readonly (number | null)[];
}

/** The commands that tell the sizes of the decision's sends; null for a send whose tool has no dry run. */
export function sizeCommands(decision: Decision): (Command | null)[] {
  const { source } = decision.ends;
  const tells = ['n', 'v', 'P'].every((letter) => source.zfs.capabilities.send.includes(letter));
  return decision.sends.map((send) => {
    if (!tells || decision.flags === null || isToBeTaken(send.snapshot)) return null;
    if (send.resumes !== null) return zfs.sendResumeSize(source, send.resumes.token);
    return zfs.sendSize(source, decision.flags.send, send.from, send.snapshot.name);
  });
}

/** The rows of the stream table that one send fills: one for each snapshot it brings, each from the one before. */
export function streamsOf(decision: Decision, send: PlannedSend, measured: Measured | null): Stream[] {
  const { request } = decision.ends;
  const already = send.resumes?.bytes ?? 0;
  let from: { name: string; guid: string | null } | null =
    send.from.kind === 'nothing' ? null : { name: send.from.name, guid: send.fromGuid };
  return send.brings.map((snapshot, at) => {
    const single = send.brings.length === 1;
    const told = single ? (measured?.total ?? null) : (measured?.parts[at] ?? null);
    const stream: Stream = {
      type: from === null ? 'full' : 'incr',
      snapshot: snapshot.name,
      guid: isToBeTaken(snapshot) ? null : snapshot.guid,
      from: from?.name ?? null,
      fromGuid: from?.guid ?? null,
      target: request.destination.dataset,
      origin: at === 0 && send === decision.sends[0] ? (decision.origin?.destination ?? null) : null,
      bytes: told === null ? null : told + already,
      alreadyReceived: already,
    };
    from = { name: snapshot.name, guid: snapshot.guid };
    return stream;
  });
}

/** Bytes of a stream from the newest snapshot to one that does not exist yet; null for any other stream. */
function writtenSince({ ends, dataset }: Decision, send: PlannedSend): number | null {
  if (!isToBeTaken(send.snapshot) || dataset === null) return null;
  if (send.from.kind === 'nothing') return dataset.referenced;
  const newest = ownSnapshots(ends.source, dataset.name).findLast((snapshot) => !isToBeTaken(snapshot));
  return newest?.guid === send.fromGuid ? dataset.written : null;
}

/** An estimate, and how much of it is still to come. */
export type Outlook = Estimate & { readonly toReceive: number | null };

/**
 * The outlook of a whole package: unknown as soon as one part of it is.
 *
 * @param parts one for each dataset
 */
export function totalOf(parts: readonly Outlook[]): Outlook {
  const sending = parts.filter(({ bytes }) => bytes !== 0);
  const [first] = sending;
  if (first === undefined) return { bytes: 0, method: 'nothing to send', toReceive: 0 };
  const sum = (pick: (part: Outlook) => number | null): number | null =>
    sending.reduce<number | null>((total, part) => {
      const bytes = pick(part);
      return total === null || bytes === null ? null : total + bytes;
    }, 0);
  const unknown = sending.find(({ bytes }) => bytes === null);
  return {
    bytes: sum((part) => part.bytes),
    toReceive: sum((part) => part.toReceive),
    method: (unknown ?? first).method,
  };
}

/** @param measured one entry for each of {@link sizeCommands} */
export function estimateOf(decision: Decision, measured: readonly (Measured | null)[]): Outlook {
  const { sends } = decision;
  if (sends.length === 0) return { bytes: 0, method: 'nothing to send', toReceive: 0 };
  const already = sends.reduce((sum, send) => sum + (send.resumes?.bytes ?? 0), 0);
  const told = sends.map((_, at) => measured[at]?.total ?? null);
  if (told.every((bytes) => bytes !== null)) {
    const toReceive = told.reduce((sum, bytes) => sum + bytes, 0);
    return {
      bytes: toReceive + already,
      toReceive,
      method: 'zfs send -nvP with the same flags; updates of many small files can be far larger',
    };
  }
  const [only] = sends;
  const untaken = sends.length === 1 && only !== undefined ? writtenSince(decision, only) : null;
  if (untaken !== null)
    return {
      bytes: untaken,
      toReceive: untaken,
      method: 'what was written since the newest snapshot, since the one that is sent does not exist yet',
    };
  if (
    sends.length === 1 &&
    only?.from.kind === 'nothing' &&
    only.resumes === null &&
    only.snapshot.referenced !== null
  ) {
    return {
      bytes: only.snapshot.referenced,
      toReceive: only.snapshot.referenced,
      method: 'the space the snapshot refers to, since this ZFS cannot tell the size of a stream',
    };
  }
  return { bytes: null, toReceive: null, method: 'this ZFS cannot tell the size of an incremental stream' };
}
