/** A half-received stream at the destination: resumed if it fits, otherwise kept and reported, or discarded as asked. */
import { spokenBytes } from '../model/bytes.ts';
import type { Bookmark, PartialReceive, Snapshot } from '../model/inventory.ts';
import { poolOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import { between } from './by-age.ts';
import { checkNameLengths, checkNamesakes, noteSkipped } from './conflict.ts';
import { safeFixes } from './conflict-fixes.ts';
import { type Base, type Decision, type Existing, type PlannedSend, quiet } from './decision.ts';
import { checkDivergence, measureDivergence, rollsBack } from './divergence.ts';
import { checkEncryption } from './encryption.ts';
import { blocks, notes } from './findings.ts';
import { chooseFlags, type Flags, isEncrypted } from './flags.ts';
import { ownBookmarks } from './own-snapshots.ts';
import { nearestExisting } from './parents.ts';
import { ownHolds } from './roll-back-holds.ts';
import { updateSends } from './sends.ts';

/** Why the half-received stream cannot be resumed, and what can be done instead. */
export function partialFinding({ ends, target }: Existing, reason: string): Finding {
  const { partial } = target;
  return blocks('partial-does-not-fit', {
    message: `${target.name} on ${ends.destination.host} holds a half-received stream${partial === null ? '' : ` of ${partial.toName} (${spokenBytes(partial.bytes)})`} that cannot be resumed: ${reason}`,
    evidence: { target: target.name, partial },
    fixes: [
      ...safeFixes(ends),
      {
        label: 'Discard the half-received stream',
        detail: `Throws away ${partial === null ? 'what was received of it' : `${spokenBytes(partial.bytes)} already received of ${partial.toName}`}. Snapshots that are complete stay.`,
        change: { partial: 'discard' },
        destructive: true,
      },
    ],
  });
}

/**
 * @param base where an update would start
 * @returns why a token is of no use now, or null if it is
 */
export function misfit(existing: Existing, base: Base | null): string | null {
  const { ends, target, goal, snapshots } = existing;
  const { partial } = target;
  if (partial === null) return 'its token cannot be read.';
  if (!ends.source.zfs.capabilities.send.includes('t')) return `${ends.source.host} cannot resume streams.`;
  const [pool] = partial.toName.split(/[/@]/);
  // zfs send -t looks for it below the name in the token: `'…' used in the initial send no longer exists`.
  if (pool !== poolOf(ends.request.source.dataset))
    return `it was sent from the pool ${pool}, and zfs send -t looks for its snapshot nowhere else.`;
  const coming = snapshots.find((snapshot) => snapshot.guid === partial.toGuid);
  if (coming === undefined) return `its snapshot no longer exists in ${ends.request.source.dataset}.`;
  if (coming.createtxg > goal.createtxg) return `it is newer than ${goal.name}, which was asked for.`;
  return partial.fromGuid === null ? null : baseMisfit(existing, partial.fromGuid, base);
}

function baseMisfit(existing: Existing, fromGuid: string, base: Base | null): string | null {
  const { ends, snapshots, targetSnapshots, origin } = existing;
  if (targetSnapshots.length === 0)
    return origin?.source.guid === fromGuid ? null : 'it is to become a clone, and its origin is unknown.';
  const known = [...snapshots, ...ownBookmarks(ends.source, ends.request.source.dataset)];
  const start = known.find((from) => from.guid === fromGuid);
  if (start === undefined) return 'the snapshot it starts from no longer exists at the source.';
  if (!targetSnapshots.some((snapshot) => snapshot.guid === fromGuid))
    return 'the snapshot it starts from no longer exists at the destination.';
  if (base === null) return 'it is an update, and a full copy was asked for.';
  return base.source.guid === fromGuid ? null : `it starts from ${start.name}, not from ${base.source.name}.`;
}

function resumedSend(partial: PartialReceive, coming: Snapshot, from: Snapshot | Bookmark | null): PlannedSend {
  return {
    from: from === null ? { kind: 'nothing' } : { kind: 'base', name: from.name },
    fromGuid: partial.fromGuid,
    snapshot: coming,
    brings: [coming],
    resumes: partial,
  };
}

/** What is resumed is raw or not by its token, and what follows it must be the same. */
function flagsOf(existing: Existing, partial: PartialReceive): Flags {
  const { ends, dataset, target } = existing;
  const anew = partial.fromGuid === null || existing.targetSnapshots.length === 0;
  const settled = partial.raw ? 'yes' : isEncrypted(dataset) ? 'no' : ends.request.raw;
  return chooseFlags({
    ...ends,
    request: { ...ends.request, raw: settled },
    dataset,
    target: anew ? null : target,
    place: anew ? nearestExisting(ends, null) : target,
  });
}

/**
 * Resumes the half-received stream, then sends what is newer. Only for one that {@link misfit} has nothing
 * against.
 */
export function planResume(existing: Existing, wanted: Base | null): Decision {
  const { ends, dataset, target, goal, snapshots } = existing;
  const partial = target.partial as PartialReceive;
  const coming = snapshots.find((snapshot) => snapshot.guid === partial.toGuid) as Snapshot;
  // A clone that is half received has no snapshot yet; it comes from its origin, not from a base of its own.
  const base = partial.fromGuid === null || existing.targetSnapshots.length === 0 ? null : wanted;
  const start = base?.source ?? (partial.fromGuid === null ? null : (existing.origin?.source ?? null));
  const rest = coming.guid === goal.guid ? [] : updateSends(existing, coming);
  const sends = [resumedSend(partial, coming, start), ...rest];
  const divergence = base === null ? null : measureDivergence(existing, base.destination);
  const back = divergence !== null && rollsBack(ends, divergence) ? divergence : null;
  const flags = flagsOf(existing, partial);
  return {
    ends,
    dataset,
    target,
    goal,
    base,
    origin: existing.origin,
    movedTo: null,
    flags,
    sends,
    prelude: {
      ...quiet,
      release: back === null ? [] : ownHolds(ends, back.newer),
      rollBackTo: back?.base ?? null,
    },
    losses: back?.losses ?? [],
    findings: [
      ...existing.earlier,
      ...(divergence === null ? [] : checkDivergence(existing, divergence)),
      ...checkStreams(existing, sends, back?.base ?? null),
      ...checkEncryption({
        ends,
        dataset,
        target: base === null ? null : target,
        raw: flags.send.raw,
        open: !partial.raw && !isEncrypted(dataset),
      }),
      resumeNote(partial, coming),
      ...noteSkipped(
        between(snapshots, coming, goal).length - rest.flatMap((send) => send.brings).length,
        'incremental',
      ),
    ],
  };
}

const resumeNote = (partial: PartialReceive, coming: Snapshot): Finding =>
  notes('resumes', {
    message: `${spokenBytes(partial.bytes)} of ${coming.name} were received before and are not sent again.`,
    evidence: { partial },
  });

function checkStreams(existing: Existing, sends: readonly PlannedSend[], rolledBackTo: Snapshot | null): Finding[] {
  const brought = sends.flatMap((send) => send.brings);
  const surviving =
    rolledBackTo === null ? existing.targetSnapshots : between(existing.targetSnapshots, null, rolledBackTo);
  return [...checkNamesakes(existing, brought, surviving), ...checkNameLengths(existing.ends, brought)];
}
