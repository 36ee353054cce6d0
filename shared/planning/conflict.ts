/** What of the destination's names and snapshots stands against what is to be received. */
import { spokenBytes } from '../model/bytes.ts';
import type { Snapshot } from '../model/inventory.ts';
import { labelOf, MAX_NAME_LENGTH, snapshotOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import { fixNewName, safeFixes } from './conflict-fixes.ts';
import type { Existing } from './decision.ts';
import type { Ends } from './ends.ts';
import { blocks, notes } from './findings.ts';
import { type CommonLabel, namesakesOf } from './namesakes.ts';

/** Of many things of a kind, so many are named. */
const NAMED = 10;

/** The destination exists, but shares no snapshot with the source. */
export function noCommonSnapshot({ ends, target, snapshots, targetSnapshots }: Existing): Finding {
  const { request, destination } = ends;
  const fixes = safeFixes(ends);
  if (targetSnapshots.length === 0) {
    return blocks('destination-exists', {
      message: `${target.name} already exists on ${destination.host} and has no snapshots${(target.referenced ?? 0) > 0 ? `; it holds ${spokenBytes(target.referenced ?? 0)}` : ''}. A full copy needs an unused name.`,
      evidence: { target: target.name, referenced: target.referenced, snapshots: 0 },
      fixes,
    });
  }
  const clashes = namesakesOf(snapshots, targetSnapshots);
  const namesakes = clashes.slice(0, NAMED).map(({ source }) => labelOf(source.name));
  return blocks('no-common-snapshot', {
    message: `${request.source.dataset} and ${target.name} share no snapshot, so only a full copy is possible, and ${target.name} is taken.${namesakes.length > 0 ? ` Snapshots with the same name (${namesakes.slice(0, 3).join(', ')}) are different snapshots: their GUIDs differ.` : ''}`,
    evidence: {
      target: target.name,
      count: targetSnapshots.length,
      snapshots: targetSnapshots.slice(-NAMED).map((snapshot) => snapshot.name),
      namesakeCount: clashes.length,
      namesakes,
    },
    fixes,
  });
}

/**
 * A snapshot to be received has a namesake with another GUID there: `cannot restore to …: destination already exists`.
 *
 * @param surviving the destination's snapshots that are still there when the stream comes
 */
export function checkNamesakes(
  { ends }: Existing,
  sent: readonly Snapshot[],
  surviving: readonly Snapshot[],
): Finding[] {
  const clashes = namesakesOf(sent, surviving);
  const [first] = clashes;
  return first === undefined ? [] : [clashFinding(ends, first, clashes)];
}

function clashFinding(ends: Ends, first: CommonLabel, clashes: readonly CommonLabel[]): Finding {
  const { host, elevation } = ends.destination;
  const one = clashes.length === 1;
  const listed = clashes.slice(0, NAMED);
  return blocks('same-name-other-snapshot', {
    message: `${listed.map(({ destination }) => destination.name).join(', ')}${clashes.length > NAMED ? ` and ${clashes.length - NAMED} more` : ''} already ${one ? 'exists' : 'exist'} on ${host} and ${one ? 'is a different snapshot' : 'are different snapshots'}: only the name is the same.`,
    evidence: {
      count: clashes.length,
      clashes: listed.map(({ source, destination }) => ({
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
          host,
          argv: [...elevation, 'zfs', 'rename', first.destination.name, `${first.destination.name}-here`],
        },
        destructive: false,
      },
      fixNewName(ends),
    ],
  });
}

/** A name that is too long is refused only when the stream is there already (`cannot receive: invalid name`). */
export function checkNameLengths({ request, destination }: Ends, brought: readonly Snapshot[]): Finding[] {
  const target = request.destination.dataset;
  const tooLong = brought
    .map((snapshot) => snapshotOf(target, labelOf(snapshot.name)))
    .filter((name) => name.length > MAX_NAME_LENGTH);
  const [first] = tooLong;
  if (first === undefined) return [];
  return [
    blocks('name-too-long', {
      message: `${first} on ${destination.host} would be ${first.length} characters long; ZFS allows ${MAX_NAME_LENGTH}, the snapshot included. Choose a shorter name for the copy.`,
      evidence: { target, names: tooLong.slice(0, 5), allowed: MAX_NAME_LENGTH },
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
          : `${count} ${are} at the source only: the stream skips ${count === 1 ? 'it' : 'them'}.`,
      evidence: { count },
    }),
  ];
}
