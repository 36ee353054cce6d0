/** What was done at the destination since the base, what going back to it would cost, and what forbids that. */
import { spokenBytes } from '../model/bytes.ts';
import type { Dataset, Inventory, Snapshot } from '../model/inventory.ts';
import type { Finding, Loss } from '../model/plan.ts';
import { youngerThan } from './by-age.ts';
import { fixRollBack, safeFixes } from './conflict-fixes.ts';
import type { Existing } from './decision.ts';
import type { Ends } from './ends.ts';
import { blocks, notes, warns } from './findings.ts';
import { isEncrypted } from './flags.ts';
import { ownBookmarks } from './own-snapshots.ts';
import { checkRollBackHolds } from './roll-back-holds.ts';

/** What was found to differ between the newest snapshot and the live dataset, by `zfs diff`. */
export interface Changes {
  /** `M /path`, at most a page of them. */
  readonly lines: readonly string[];
  /** True if there were more lines than kept. */
  readonly more: boolean;
}

export interface Divergence {
  /** The destination's snapshot that both sides have. */
  readonly base: Snapshot;
  /** Destination snapshots newer than the base, oldest first. */
  readonly newer: readonly Snapshot[];
  /** Bytes written since the newest snapshot; null where the dialect does not tell. */
  readonly written: number | null;
  /** True if the newer snapshots hold nothing new: ZFS then takes the stream as if they were not there. */
  readonly unchanged: boolean;
  /** True if something is known to stand against an incremental stream. */
  readonly diverged: boolean;
  /** What `zfs rollback -r` to the base would destroy: newer snapshots and bookmarks, and what was written since. */
  readonly losses: readonly Loss[];
}

export function measureDivergence({ ends, target, targetSnapshots }: Existing, base: Snapshot): Divergence {
  const newer = youngerThan(targetSnapshots, base);
  // Of an encrypted copy even an empty snapshot breaks the chain of a raw stream (openzfs#15314).
  const unchanged =
    newer.length > 0 && target.written === 0 && !isEncrypted(target) && newer.every(({ written }) => written === 0);
  return {
    base,
    newer,
    written: target.written,
    unchanged,
    diverged: (newer.length > 0 && !unchanged) || (target.written ?? 0) > 0,
    losses: rollBackLosses(ends.destination, target, newer, base),
  };
}

/**
 * What `zfs rollback -r` destroys.
 *
 * @param newer the target's snapshots that are newer than the base
 */
export function rollBackLosses(
  destination: Inventory,
  target: Dataset,
  newer: readonly Snapshot[],
  base: Snapshot,
): Loss[] {
  const marks = youngerThan(ownBookmarks(destination, target.name), base);
  return [
    ...newer.map(({ name, guid, used }): Loss => ({ what: 'snapshot', name, guid, bytes: used })),
    ...marks.map(({ name, guid }): Loss => ({ what: 'bookmark', name, guid, bytes: null })),
    ...(target.written === 0
      ? []
      : [{ what: 'changes' as const, name: target.name, guid: null, bytes: target.written }]),
  ];
}

/**
 * True if the plan goes back to the base. Also where the dialect does not tell what was written (zfs-fuse): only ZFS
 * itself would find out, after everything was sent.
 */
export const rollsBack = ({ request }: Ends, { diverged, written }: Divergence): boolean =>
  request.onDivergence === 'rollback' && (diverged || written === null);

/** Findings for a destination that moved on since the base, answered by what the request says about divergence. */
export function checkDivergence(existing: Existing, divergence: Divergence): Finding[] {
  if (rollsBack(existing.ends, divergence)) return rollBackFindings(existing, divergence);
  if (divergence.diverged) return [conflictFinding(existing, divergence)];
  return divergence.unchanged ? [unchangedFinding(existing, divergence)] : [];
}

function unchangedFinding({ target, ends }: Existing, { base, newer }: Divergence): Finding {
  const names = newer.map(({ name }) => name);
  return notes('newer-unchanged', {
    message: `${target.name} on ${ends.destination.host} has ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' and others' : ''} since ${base.name}, with no changes in between; ${names.length === 1 ? 'it stays' : 'they stay'}.`,
    evidence: { base: base.name, newer: names },
  });
}

function evidenceOf({ changes }: Existing, { base, newer, written }: Divergence) {
  return {
    base: base.name,
    newerSnapshots: newer.map(({ name, guid, used }) => ({ snapshot: name, guid, used })),
    written,
    changes: changes?.lines ?? null,
  };
}

function rollBackFindings(existing: Existing, divergence: Divergence): Finding[] {
  const { target, ends } = existing;
  const lost = divergence.losses.map((loss) => {
    if (loss.what !== 'changes') return loss.name;
    return loss.bytes === null ? 'whatever was written since' : `${spokenBytes(loss.bytes)} written since`;
  });
  return [
    ...checkRollBackHolds(ends, divergence.newer),
    ...clonedFinding(divergence, ends.destination),
    warns('rolls-back', {
      message: `${target.name} goes back to ${divergence.base.name}. Deleted there: ${lost.join(', ')}.`,
      evidence: evidenceOf(existing, divergence),
    }),
  ];
}

/** ZFS itself says `has dependent clones` only while it is doing it. */
function clonedFinding({ newer }: Divergence, destination: Inventory): Finding[] {
  const doomed = new Set<string>(newer.map((snapshot) => snapshot.name));
  const clones = destination.datasets.filter((dataset) => dataset.origin !== null && doomed.has(dataset.origin));
  if (clones.length === 0) return [];
  return [
    blocks('rollback-cloned', {
      message: `The destination cannot be rolled back: ${clones.map((clone) => `${clone.name} is a clone of ${clone.origin}`).join(', ')}.`,
      evidence: { clones: clones.map((clone) => ({ clone: clone.name, origin: clone.origin })) },
    }),
  ];
}

function conflictFinding(existing: Existing, divergence: Divergence): Finding {
  const { ends, target, changes } = existing;
  const { base, newer, written, losses } = divergence;
  const said = {
    evidence: evidenceOf(existing, divergence),
    fixes: [...safeFixes(ends), fixRollBack(losses, base.name)],
  };
  const since =
    (written ?? 0) > 0
      ? `${spokenBytes(written ?? 0)} were written to it since ${newer.at(-1)?.name ?? base.name}.`
      : '';
  const tail = `${since === '' ? '' : ` ${since}`}${describeChanges(target, changes)}`;
  const where = `${target.name} on ${ends.destination.host}`;
  if (newer.length === 0)
    return blocks('destination-changed', { message: `${where} was changed after ${base.name}:${tail}`, ...said });
  const count = newer.length === 1 ? 'a snapshot' : `${newer.length} snapshots`;
  const names = newer.slice(0, 10).map((snapshot) => snapshot.name);
  return blocks('destination-diverged', {
    message: `${where} has ${count} newer than the base ${base.name}: ${names.join(', ')}${newer.length > 10 ? ', …' : ''}.${tail}`,
    ...said,
  });
}

function describeChanges(target: Dataset, changes: Changes | null): string {
  if (changes === null) return '';
  if (changes.lines.length === 0)
    return ' No file differs: only access times were written, and reading files does that.';
  const shown = changes.lines.slice(0, 3).map((line) => line.replaceAll('\t', ' '));
  const rest = changes.lines.length - shown.length;
  return ` Changed since ${target.name}’s newest snapshot: ${shown.join(', ')}${rest > 0 || changes.more ? `, and ${changes.more ? 'many' : rest} more` : ''}.`;
}
