/** How much is to be sent: which commands tell it, the stream table they fill, and the estimate for the whole plan. */
import type { Snapshot } from '../model/inventory.ts';
import type { Command, Estimate, Stream } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import type { Decision, PlannedSend } from './decision.ts';
import { ownSnapshots } from './own-snapshots.ts';
import { isToBeTaken } from './package/new-snapshots.ts';

/** What a host said of a send's size, in bytes; null: it could not say. */
export interface Measured {
  readonly total: number | null;
  /** One for each stream of the send, where the tool lists them. */
  readonly parts: readonly (number | null)[];
}

/** The newest snapshot of a send that exists: what comes after it is yet to be made. */
const newestThere = ({ brings }: PlannedSend): Snapshot | null =>
  brings.findLast((snapshot) => !isToBeTaken(snapshot)) ?? null;

/** The commands that tell the sizes of the decision's sends, as far as they exist; null for a send whose tool has no dry run. */
export function sizeCommands(decision: Decision): (Command | null)[] {
  const { source } = decision.ends;
  const tells = ['n', 'v', 'P'].every((letter) => source.zfs.capabilities.send.includes(letter));
  return decision.sends.map((send) => {
    const newest = newestThere(send);
    if (!tells || decision.flags === null || newest === null) return null;
    if (send.resumes !== null) return zfs.sendResumeSize(source, send.resumes.token);
    return zfs.sendSize(source, decision.flags.send, send.from, newest.name);
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
    const measuredHere = single ? (measured?.total ?? null) : (measured?.parts[at] ?? null);
    const told = isToBeTaken(snapshot) ? writtenSince(decision, from) : measuredHere;
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

/**
 * @param from what the stream starts from; null: nothing
 * @returns bytes of a stream to a snapshot that does not exist yet; null if it does not start from the newest
 */
function writtenSince({ ends, dataset }: Decision, from: { readonly guid: string | null } | null): number | null {
  if (dataset === null) return null;
  if (from === null) return dataset.referenced;
  const newest = ownSnapshots(ends.source, dataset.name).findLast((snapshot) => !isToBeTaken(snapshot));
  return newest?.guid === from.guid ? dataset.written : null;
}

/** What of a send is still to come, by parts; null: unknown. What there is nothing of is 0 bytes. */
function partsOf(decision: Decision, send: PlannedSend, measured: Measured | null) {
  const newest = newestThere(send);
  const start = send.from.kind === 'nothing' ? null : { guid: send.fromGuid };
  return {
    there: newest === null ? 0 : (measured?.total ?? null),
    toBeMade: isToBeTaken(send.snapshot) ? writtenSince(decision, newest ?? start) : 0,
  };
}

const TOLD = 'zfs send -nvP with the same flags; updates of many small files can be far larger';
const WRITTEN = 'what was written since the newest snapshot, because the one to be sent does not exist yet';
const TOLD_AND_WRITTEN =
  'zfs send -nvP with the same flags, and for the snapshot that does not exist yet what was written since the newest; updates of many small files can be far larger';
const REFERRED = 'the space the snapshot refers to, since this ZFS cannot tell the size of a stream';
const NOT_MADE = 'the size of a stream to a snapshot that does not exist yet is only known from the newest one on';
const NOT_TOLD = 'this ZFS cannot tell the size of an incremental stream';

const sumOf = (all: readonly (number | null)[]): number | null =>
  all.reduce((sum: number | null, one) => (sum === null || one === null ? null : sum + one), 0);

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
  const unknown = sending.find(({ bytes }) => bytes === null);
  return {
    bytes: sumOf(sending.map(({ bytes }) => bytes)),
    toReceive: sumOf(sending.map(({ toReceive }) => toReceive)),
    method: (unknown ?? first).method,
  };
}

/** @param measured one entry for each of {@link sizeCommands} */
export function estimateOf(decision: Decision, measured: readonly (Measured | null)[]): Outlook {
  const { sends } = decision;
  if (sends.length === 0) return { bytes: 0, method: 'nothing to send', toReceive: 0 };
  const already = sends.reduce((sum, send) => sum + (send.resumes?.bytes ?? 0), 0);
  const parts = sends.map((send, at) => partsOf(decision, send, measured[at] ?? null));
  const there = sumOf(parts.map((part) => part.there));
  const toBeMade = sumOf(parts.map((part) => part.toBeMade));
  if (there !== null && toBeMade !== null) {
    const toReceive = there + toBeMade;
    const makes = sends.some(({ snapshot }) => isToBeTaken(snapshot));
    const tells = sends.some((send) => newestThere(send) !== null);
    const method = makes ? (tells ? TOLD_AND_WRITTEN : WRITTEN) : TOLD;
    return { bytes: toReceive + already, toReceive, method };
  }
  const [only] = sends;
  const referred = only?.snapshot.referenced ?? null;
  if (sends.length === 1 && only?.from.kind === 'nothing' && only.resumes === null && referred !== null) {
    return { bytes: referred, toReceive: referred, method: REFERRED };
  }
  return { bytes: null, toReceive: null, method: there === null ? NOT_TOLD : NOT_MADE };
}
