/** Who holds what a roll-back would destroy: our own hold of the same pair is released first, anybody else's prevents the rollback. */
import type { Snapshot } from '../model/inventory.ts';
import type { SnapshotName } from '../model/names.ts';
import type { Finding, Fix } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import { youngerThan } from './by-age.ts';
import { safeFixes } from './conflict-fixes.ts';
import { copyOf, type Decision } from './decision.ts';
import type { Ends } from './ends.ts';
import { blocks, notes } from './findings.ts';
import { destinationTag } from './hold-tags.ts';
import { ownSnapshots } from './own-snapshots.ts';

const isHeld = ({ holds }: Snapshot): boolean => (holds ?? 0) > 0;

/** Snapshots that the decisions would destroy by going back, and that somebody holds: by which tags is worth asking. */
export const heldAgainstRollBack = (decisions: readonly Decision[]): SnapshotName[] =>
  decisions.flatMap((decision) => {
    const { ends, prelude } = decision;
    if (prelude.rollBackTo === null) return [];
    const newer = youngerThan(ownSnapshots(ends.destination, copyOf(decision)), prelude.rollBackTo);
    return newer.filter(isHeld).map(({ name }) => name);
  });

interface Held {
  readonly snapshot: SnapshotName;
  readonly holds: number | null;
  /** null: not known. */
  readonly tags: readonly string[] | null;
}

const heldAmong = ({ tagsOf }: Ends, newer: readonly Snapshot[]): Held[] =>
  newer.filter(isHeld).map(({ name, holds }) => ({ snapshot: name, holds, tags: tagsOf?.(name) ?? null }));

/** Of the snapshots that go, those with a hold of this very pair: it protects what the next update would have started from. */
export function ownHolds(ends: Ends, newer: readonly Snapshot[]): SnapshotName[] {
  const own = destinationTag({ ends });
  return heldAmong(ends, newer).flatMap(({ snapshot, tags }) => (tags?.includes(own) === true ? snapshot : []));
}

/** ZFS itself says `cannot destroy 'backup/home@mine': dataset is busy` only while it is doing it. */
export function checkRollBackHolds(ends: Ends, newer: readonly Snapshot[]): Finding[] {
  const own = destinationTag({ ends });
  const others = heldAmong(ends, newer)
    .map(({ tags, ...held }): Held => ({ ...held, tags: tags?.filter((tag) => tag !== own) ?? null }))
    .filter(({ tags }) => tags === null || tags.length > 0);
  return others.length > 0 ? [heldFinding(ends, others)] : ownNote(ownHolds(ends, newer));
}

function ownNote(own: readonly SnapshotName[]): Finding[] {
  if (own.length === 0) return [];
  return [
    notes('releases-own-hold', {
      message: `Sluice’s own hold on ${own.join(', ')} is released first: it was there for the next update to start from.`,
      evidence: { held: own },
    }),
  ];
}

function heldFinding(ends: Ends, held: readonly Held[]): Finding {
  const tags = new Set(held.flatMap((one) => one.tags ?? []));
  const who = held.every((one) => one.tags !== null) ? [...tags].join(', ') : 'somebody';
  return blocks('rollback-held', {
    message: `The destination cannot be rolled back: ${held.map(({ snapshot }) => snapshot).join(', ')} ${held.length === 1 ? 'is' : 'are'} held by ${who}.`,
    evidence: { held },
    fixes: [...safeFixes(ends), ...[...tags].map((tag) => releaseFix(ends, tag, held))],
  });
}

/** Never done by Sluice: whoever made the hold had a reason. */
function releaseFix({ destination }: Ends, tag: string, held: readonly Held[]): Fix {
  const snapshots = held.flatMap(({ snapshot, tags }) => (tags?.includes(tag) === true ? snapshot : []));
  return {
    label: `Release the hold ${tag}`,
    detail: 'Somebody wants what it holds to be kept, and the roll-back deletes it: ask first, then check again.',
    command: zfs.release(destination, tag, snapshots),
    destructive: false,
  };
}
