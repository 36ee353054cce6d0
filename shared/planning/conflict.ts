/** What stands at the destination against an incremental stream, what each way out would cost, and what forbids it. */
import { spokenBytes } from '../model/bytes.ts';
import type { Dataset, Inventory, Snapshot } from '../model/inventory.ts';
import { labelOf, snapshotOf } from '../model/names.ts';
import type { Finding, Loss } from '../model/plan.ts';
import { asideName, blocks, fixNewName, fixRollBack, fixSetAside, notes, warns } from './findings.ts';
import type { Lineage } from './lineage.ts';
import { type Ends, namesAt } from './preflight.ts';

/** What was found to differ between the newest snapshot and the live dataset, by `zfs diff`. */
export interface Changes {
  /** `M /path`, at most a page of them. */
  readonly lines: readonly string[];
  /** True if there were more lines than kept. */
  readonly more: boolean;
}

export interface Divergence {
  /** Destination snapshots newer than the base. */
  readonly newer: readonly Snapshot[];
  /** Bytes written since the newest snapshot; null where the dialect does not tell. */
  readonly written: number | null;
  readonly losses: readonly Loss[];
}

export function measureDivergence(target: Dataset, snapshots: readonly Snapshot[], base: Snapshot): Divergence {
  const newer = snapshots
    .filter((snapshot) => snapshot.createtxg > base.createtxg)
    .sort((a, b) => a.createtxg - b.createtxg);
  const changed = (target.written ?? 0) > 0;
  return {
    newer,
    written: target.written,
    losses: [
      ...newer.map((snapshot): Loss => ({ what: 'snapshot', name: snapshot.name, bytes: snapshot.used })),
      ...(changed ? [{ what: 'changes' as const, name: target.name, bytes: target.written }] : []),
    ],
  };
}

/** Holds and clones that stop a rollback; ZFS itself says `dataset is busy` or `has dependent clones` only while doing it. */
function obstacles(divergence: Divergence, destination: Inventory): Finding[] {
  const held = divergence.newer.filter((snapshot) => (snapshot.holds ?? 0) > 0);
  const doomed = new Set<string>(divergence.newer.map((snapshot) => snapshot.name));
  const clones = destination.datasets.filter((dataset) => dataset.origin !== null && doomed.has(dataset.origin));
  return [
    ...(held.length === 0
      ? []
      : [
          blocks('rollback-held', {
            message: `The destination cannot be rolled back: ${held.map((snapshot) => snapshot.name).join(', ')} ${held.length === 1 ? 'is' : 'are'} held by somebody.`,
            evidence: { held: held.map((snapshot) => ({ snapshot: snapshot.name, holds: snapshot.holds })) },
          }),
        ]),
    ...(clones.length === 0
      ? []
      : [
          blocks('rollback-cloned', {
            message: `The destination cannot be rolled back: ${clones.map((clone) => `${clone.name} is a clone of ${clone.origin}`).join(', ')}.`,
            evidence: { clones: clones.map((clone) => ({ clone: clone.name, origin: clone.origin })) },
          }),
        ]),
  ];
}

function describeChanges(target: Dataset, changes: Changes | null): string {
  if (changes === null) return '';
  if (changes.lines.length === 0)
    return ' No file differs: only access times were written, which reading the files is enough for.';
  const shown = changes.lines.slice(0, 3).map((line) => line.replaceAll('\t', ' '));
  const rest = changes.lines.length - shown.length;
  return ` Changed since ${target.name}’s newest snapshot: ${shown.join(', ')}${rest > 0 || changes.more ? `, and ${changes.more ? 'many' : rest} more` : ''}.`;
}

/** Findings for a destination that moved on since the base, answered by what the request says about divergence. */
export function checkDivergence(
  ends: Ends,
  target: Dataset,
  base: Snapshot,
  divergence: Divergence,
  changes: Changes | null,
): Finding[] {
  const { request, destination } = ends;
  if (divergence.losses.length === 0) return [];
  const taken = namesAt(destination);
  const evidence = {
    base: base.name,
    newerSnapshots: divergence.newer.map((snapshot) => ({
      snapshot: snapshot.name,
      guid: snapshot.guid,
      used: snapshot.used,
    })),
    written: divergence.written,
    changes: changes?.lines ?? null,
  };
  if (request.onDivergence === 'rollback') {
    return [
      ...obstacles(divergence, destination),
      warns('rolls-back', {
        message: `${target.name} goes back to ${base.name}; ${divergence.losses.map((loss) => (loss.what === 'snapshot' ? loss.name : `${spokenBytes(loss.bytes ?? 0)} written since`)).join(', ')} will be deleted there.`,
        evidence,
      }),
    ];
  }
  const ways = [
    fixNewName(request, taken),
    fixSetAside(request, asideName(target.name, destination.readAt, taken)),
    fixRollBack(divergence.losses, base.name),
  ];
  const since =
    (divergence.written ?? 0) > 0
      ? `${spokenBytes(divergence.written ?? 0)} were written to it since ${divergence.newer.at(-1)?.name ?? base.name}.`
      : '';
  if (divergence.newer.length > 0) {
    return [
      blocks('destination-diverged', {
        message: `${target.name} on ${destination.host} has ${divergence.newer.length === 1 ? 'a snapshot' : `${divergence.newer.length} snapshots`} newer than the base ${base.name}: ${divergence.newer
          .slice(0, 10)
          .map((snapshot) => snapshot.name)
          .join(', ')}.${since === '' ? '' : ` ${since}`}${describeChanges(target, changes)}`,
        evidence,
        fixes: ways,
      }),
    ];
  }
  return [
    blocks('destination-changed', {
      message: `${target.name} on ${destination.host} was changed after ${base.name}: ${since}${describeChanges(target, changes)}`,
      evidence,
      fixes: ways,
    }),
  ];
}

/** The destination exists, but shares no snapshot with the source. */
export function noCommonSnapshot(
  ends: Ends,
  target: Dataset,
  snapshots: readonly Snapshot[],
  lineage: Lineage,
): Finding {
  const { request, destination } = ends;
  const taken = namesAt(destination);
  const fixes = [fixNewName(request, taken), fixSetAside(request, asideName(target.name, destination.readAt, taken))];
  if (snapshots.length === 0) {
    return blocks('destination-exists', {
      message: `${target.name} already exists on ${destination.host} and has no snapshots${(target.referenced ?? 0) > 0 ? `; it holds ${spokenBytes(target.referenced ?? 0)}` : ''}. A full copy needs a name that is free.`,
      evidence: { target: target.name, referenced: target.referenced, snapshots: 0 },
      fixes,
    });
  }
  const namesakes = lineage.namesakes.map(({ source }) => labelOf(source.name));
  return blocks('no-common-snapshot', {
    message: `${request.source.dataset} and ${target.name} share no snapshot, so only a full copy is possible, and ${target.name} is taken.${namesakes.length > 0 ? ` Snapshots of the same name (${namesakes.slice(0, 3).join(', ')}) are other snapshots: their GUIDs differ.` : ''}`,
    evidence: { target: target.name, snapshots: snapshots.map((snapshot) => snapshot.name), namesakes },
    fixes,
  });
}

/** A snapshot to be received has a namesake with another GUID there: `cannot restore to …: destination already exists`. */
export function checkNamesakes(
  ends: Ends,
  target: Dataset,
  sent: readonly Snapshot[],
  surviving: readonly Snapshot[],
): Finding[] {
  const there = new Map(surviving.map((snapshot) => [labelOf(snapshot.name) as string, snapshot]));
  const clashes = sent.flatMap((snapshot) => {
    const other = there.get(labelOf(snapshot.name));
    return other === undefined || other.guid === snapshot.guid ? [] : [{ source: snapshot, destination: other }];
  });
  if (clashes.length === 0) return [];
  return [
    blocks('same-name-other-snapshot', {
      message: `${clashes.map(({ source }) => snapshotOf(target.name, labelOf(source.name))).join(', ')} already ${clashes.length === 1 ? 'exists' : 'exist'} on ${ends.destination.host} and ${clashes.length === 1 ? 'is another snapshot' : 'are other snapshots'}: only the name is the same.`,
      evidence: {
        clashes: clashes.map(({ source, destination }) => ({
          name: destination.name,
          sourceGuid: source.guid,
          destinationGuid: destination.guid,
        })),
      },
      fixes: [
        {
          label: 'Rename the snapshot at the destination',
          detail: 'Its content is kept under another name; then check again.',
          command: {
            host: ends.destination.host,
            argv: [
              ...ends.destination.elevation,
              'zfs',
              'rename',
              clashes[0]?.destination.name ?? '',
              `${clashes[0]?.destination.name ?? ''}-here`,
            ],
          },
          destructive: false,
        },
        fixNewName(ends.request, namesAt(ends.destination)),
      ],
    }),
  ];
}

/** With `-i`, snapshots in between are not brought; said once so that nobody looks for them later. */
export function noteSkipped(count: number, kind: 'full' | 'incremental'): Finding[] {
  if (count === 0) return [];
  const are = count === 1 ? 'snapshot stays' : 'snapshots stay';
  return [
    notes('older-snapshots-stay', {
      message:
        kind === 'full'
          ? `${count} older ${are} at the source only: a full copy brings the chosen snapshot, not the history before it.`
          : `${count} ${are} at the source only: the stream jumps over them.`,
      evidence: { count },
    }),
  ];
}
