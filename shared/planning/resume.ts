/** A half-received stream at the destination: gone on with if it fits, else kept and said. */
import { spokenBytes } from '../model/bytes.ts';
import type { PartialReceive, Snapshot } from '../model/inventory.ts';
import type { Finding } from '../model/plan.ts';
import { type Base, type Decision, type Existing, type PlannedSend, quiet } from './decision.ts';
import { blocks, fixNewName, notes } from './findings.ts';
import { chooseFlags } from './flags.ts';
import { ownBookmarks } from './lineage.ts';
import { namesAt } from './preflight.ts';
import { incrementalSends } from './sends.ts';

/** Why the half-received stream cannot be gone on with, and what can be done instead. */
export function partialFinding({ ends, target }: Existing, reason: string): Finding {
  const { partial } = target;
  return blocks('partial-does-not-fit', {
    message: `${target.name} on ${ends.destination.host} holds a half-received stream${partial === null ? '' : ` of ${partial.toName} (${spokenBytes(partial.bytes)})`} that cannot be gone on with: ${reason}`,
    evidence: { target: target.name, partial },
    fixes: [
      fixNewName(ends.request, namesAt(ends.destination)),
      {
        label: 'Discard the half-received stream',
        detail: `Throws away ${partial === null ? 'what was received of it' : `${spokenBytes(partial.bytes)} already received of ${partial.toName}`}. Snapshots that are complete stay.`,
        change: { partial: 'discard' },
        destructive: true,
      },
    ],
  });
}

/** Why a token is of no use now, or null if it is. */
export function misfit({ ends, target, goal, snapshots, targetSnapshots }: Existing): string | null {
  const { partial } = target;
  if (partial === null) return 'its token cannot be read.';
  if (!ends.source.zfs.capabilities.send.includes('t')) return `${ends.source.host} cannot resume streams.`;
  const coming = snapshots.find((snapshot) => snapshot.guid === partial.toGuid);
  if (coming === undefined) return `its snapshot no longer exists in ${ends.request.source.dataset}.`;
  if (coming.createtxg > goal.createtxg) return `it is newer than ${goal.name}, which was asked for.`;
  if (partial.fromGuid === null) return null;
  const known = [...snapshots, ...ownBookmarks(ends.source, ends.request.source.dataset)];
  if (!known.some((from) => from.guid === partial.fromGuid))
    return 'the snapshot it starts from no longer exists at the source.';
  return targetSnapshots.some((snapshot) => snapshot.guid === partial.fromGuid)
    ? null
    : 'the snapshot it starts from no longer exists at the destination.';
}

function resumedSend({ ends, snapshots }: Existing, partial: PartialReceive, coming: Snapshot): PlannedSend {
  const from = [...snapshots, ...ends.source.bookmarks].find((candidate) => candidate.guid === partial.fromGuid);
  return {
    from: from === undefined ? { kind: 'nothing' } : { kind: 'base', name: from.name },
    fromGuid: partial.fromGuid,
    snapshot: coming,
    brings: [coming],
    resumes: partial,
  };
}

/** Goes on with the half-received stream, then brings what is newer. Only for one that {@link misfit} has nothing against. */
export function planResume(existing: Existing, base: Base | null): Decision {
  const { ends, dataset, target, goal, snapshots, earlier } = existing;
  const { request } = ends;
  const partial = target.partial as PartialReceive;
  const coming = snapshots.find((snapshot) => snapshot.guid === partial.toGuid) as Snapshot;
  const flags = chooseFlags({
    ...ends,
    request: { ...request, raw: partial.raw ? 'yes' : request.raw === 'auto' ? 'auto' : 'no' },
    dataset,
    target: partial.fromGuid === null ? null : target,
  });
  const rest = coming.guid === goal.guid ? [] : incrementalSends(request, snapshots, coming, goal);
  const note = notes('resumes', {
    message: `${spokenBytes(partial.bytes)} of ${coming.name} were received before and are not sent again.`,
    evidence: { partial },
  });
  return {
    ends,
    dataset,
    target,
    goal,
    base,
    flags,
    sends: [resumedSend(existing, partial, coming), ...rest],
    prelude: quiet,
    findings: [...earlier, note],
    losses: [],
  };
}
