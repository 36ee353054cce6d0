/** From a request and two inventories to what has to be sent, and what stands against it. Pure; nothing is read here. */
import { spokenBytes } from '../model/bytes.ts';
import type { Bookmark, Dataset, Inventory, PartialReceive, Snapshot } from '../model/inventory.ts';
import { type BookmarkName, type DatasetName, datasetOf, labelOf, type SnapshotName } from '../model/names.ts';
import type { Finding, Loss } from '../model/plan.ts';
import type { ReplicationRequest } from '../model/request.ts';
import type { SendFrom } from '../zfs/commands.ts';
import {
  type Changes,
  checkDivergence,
  checkNamesakes,
  measureDivergence,
  noCommonSnapshot,
  noteSkipped,
} from './conflict.ts';
import { asideName, blocks, fixNewName, fixSetAside, notes } from './findings.ts';
import { chooseFlags, type Flags } from './flags.ts';
import { newestBase, traceLineage } from './lineage.ts';
import {
  checkDialects,
  checkEncryption,
  checkKind,
  checkParents,
  checkPlaces,
  checkPools,
  datasetNamed,
  type Ends,
  missingParents,
  namesAt,
} from './preflight.ts';

/** One `zfs send | zfs receive`. With intermediates it carries a stream for each snapshot. */
export interface PlannedSend {
  readonly from: SendFrom;
  readonly fromGuid: string | null;
  /** The snapshot the send ends with. */
  readonly snapshot: Snapshot;
  /** Every snapshot it brings, oldest first. */
  readonly brings: readonly Snapshot[];
  /** A half-received stream that this send goes on with. */
  readonly resumes: PartialReceive | null;
}

/** What happens at the destination before anything is received. */
export interface Prelude {
  readonly discard: PartialReceive | 'undecoded' | null;
  readonly setAside: DatasetName | null;
  readonly rollBackTo: Snapshot | null;
  readonly createParents: readonly DatasetName[];
}

export interface Decision {
  readonly ends: Ends;
  readonly dataset: Dataset | null;
  /** The existing dataset that is added to; null when the copy is new. */
  readonly target: Dataset | null;
  readonly goal: Snapshot | null;
  /** The common snapshot before this run: its holds move on to the goal. */
  readonly base: { readonly source: Snapshot | Bookmark; readonly destination: Snapshot } | null;
  readonly flags: Flags | null;
  readonly sends: readonly PlannedSend[];
  readonly prelude: Prelude;
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
}

const quiet: Prelude = { discard: null, setAside: null, rollBackTo: null, createParents: [] };
const ownSnapshots = (inventory: Inventory, dataset: DatasetName): Snapshot[] =>
  inventory.snapshots
    .filter((snapshot) => datasetOf(snapshot.name) === dataset)
    .sort((a, b) => a.createtxg - b.createtxg);

function stopped(ends: Ends, findings: readonly Finding[], known: Partial<Decision> = {}): Decision {
  return {
    ends,
    dataset: null,
    target: null,
    goal: null,
    base: null,
    flags: null,
    sends: [],
    prelude: quiet,
    losses: [],
    ...known,
    findings,
  };
}

/** The snapshot that the destination shall have in the end. */
function findGoal({ request, source }: Ends, snapshots: readonly Snapshot[]): Snapshot | Finding {
  const { dataset, snapshot: label } = request.source;
  if (label === null) {
    const newest = snapshots.at(-1);
    if (newest !== undefined) return newest;
    return blocks('no-snapshots', {
      message: `${dataset} on ${source.host} has no snapshots; replication sends snapshots.`,
      evidence: { host: source.host, dataset },
      fixes: [
        {
          label: 'Take a snapshot first',
          detail: 'It costs no space until files change; then check again.',
          command: {
            host: source.host,
            argv: [...source.elevation, 'zfs', 'snapshot', `${dataset}@${source.readAt.slice(0, 10)}`],
          },
          destructive: false,
        },
      ],
    });
  }
  const found = snapshots.find((snapshot) => labelOf(snapshot.name) === label);
  if (found !== undefined) return found;
  const newest = snapshots.at(-1);
  return blocks('no-such-snapshot', {
    message: `${dataset} on ${source.host} has no snapshot ${label}.`,
    evidence: {
      host: source.host,
      snapshot: `${dataset}@${label}`,
      newest: snapshots.slice(-5).map((snapshot) => labelOf(snapshot.name)),
    },
    fixes:
      newest === undefined
        ? []
        : [
            {
              label: `Use the newest, ${labelOf(newest.name)}`,
              detail: 'It is there.',
              change: { source: { ...request.source, snapshot: labelOf(newest.name) } },
              destructive: false,
            },
          ],
  });
}

function isFinding(found: object): found is Finding {
  return 'severity' in found;
}

/** A full stream to a name that is free (or that will be, once the old copy is set aside). */
function planFull(
  ends: Ends,
  dataset: Dataset,
  goal: Snapshot,
  older: number,
  prelude: Prelude,
  earlier: readonly Finding[],
  losses: readonly Loss[],
): Decision {
  const { request, source, destination } = ends;
  const flags = chooseFlags({ request, source, destination, dataset, target: null });
  const parents = missingParents(destination, request.destination.dataset);
  const findings = [
    ...earlier,
    ...checkParents(ends),
    ...checkEncryption(ends, dataset, null, flags.send.raw),
    ...noteSkipped(older, 'full'),
    ...(request.base.kind === 'snapshot' || request.base.kind === 'bookmark'
      ? [
          blocks('base-not-at-destination', {
            message: `An incremental stream from ${request.base.label} was asked for, but ${request.destination.dataset} does not exist on ${destination.host}.`,
            evidence: { base: request.base.label },
            fixes: [
              {
                label: 'Make a full copy',
                detail: 'The base is then not needed.',
                change: { base: { kind: 'auto' as const } },
                destructive: false,
              },
            ],
          }),
        ]
      : []),
  ];
  const send: PlannedSend = {
    from: { kind: 'nothing' },
    fromGuid: null,
    snapshot: goal,
    brings: [goal],
    resumes: null,
  };
  return {
    ends,
    dataset,
    target: null,
    goal,
    base: null,
    flags,
    sends: [send],
    prelude: { ...prelude, createParents: parents },
    findings,
    losses,
  };
}

/** A half-received stream at the target: gone on with if it fits, else kept and said, or discarded as asked. */
function partialFinding(ends: Ends, target: Dataset, reason: string): Finding {
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
function misfit(
  ends: Ends,
  target: Dataset,
  goal: Snapshot,
  sourceSnapshots: readonly Snapshot[],
  targetSnapshots: readonly Snapshot[],
): string | null {
  const { partial } = target;
  if (partial === null) return 'its token cannot be read.';
  if (!ends.source.zfs.capabilities.send.includes('t')) return `${ends.source.host} cannot resume streams.`;
  const coming = sourceSnapshots.find((snapshot) => snapshot.guid === partial.toGuid);
  if (coming === undefined) return `its snapshot no longer exists in ${ends.request.source.dataset}.`;
  if (coming.createtxg > goal.createtxg) return `it is newer than ${goal.name}, which was asked for.`;
  if (partial.fromGuid === null) return null;
  const known = [
    ...sourceSnapshots,
    ...ends.source.bookmarks.filter((bookmark) => datasetOf(bookmark.name) === ends.request.source.dataset),
  ];
  if (!known.some((from) => from.guid === partial.fromGuid))
    return 'the snapshot it starts from no longer exists at the source.';
  return targetSnapshots.some((snapshot) => snapshot.guid === partial.fromGuid)
    ? null
    : 'the snapshot it starts from no longer exists at the destination.';
}

/** Snapshots strictly after `from` up to and including `goal`. */
const span = (snapshots: readonly Snapshot[], from: { readonly createtxg: number }, goal: Snapshot): Snapshot[] =>
  snapshots.filter((snapshot) => snapshot.createtxg > from.createtxg && snapshot.createtxg <= goal.createtxg);

function incrementalSend(
  request: ReplicationRequest,
  snapshots: readonly Snapshot[],
  base: Snapshot | Bookmark,
  goal: Snapshot,
): PlannedSend {
  const between = span(snapshots, base, goal);
  const name = base.name as SnapshotName | BookmarkName;
  const all = request.intermediates && between.length > 1 && name.includes('@');
  return {
    // `Error: multiple snapshots cannot be sent from a bookmark.`
    from: all ? { kind: 'base-and-intermediates', name: name as SnapshotName } : { kind: 'base', name },
    fromGuid: base.guid,
    snapshot: goal,
    brings: all ? between : [goal],
    resumes: null,
  };
}

/** From a bookmark with intermediates wanted: to the next snapshot with `-i`, then on from there with `-I`. */
function incrementalSends(
  request: ReplicationRequest,
  snapshots: readonly Snapshot[],
  base: Snapshot | Bookmark,
  goal: Snapshot,
): PlannedSend[] {
  const [first, ...rest] = span(snapshots, base, goal);
  if (base.name.includes('@') || !request.intermediates || first === undefined || rest.length === 0)
    return [incrementalSend(request, snapshots, base, goal)];
  return [incrementalSend(request, snapshots, base, first), incrementalSend(request, snapshots, first, goal)];
}

function planResume(
  ends: Ends,
  dataset: Dataset,
  target: Dataset,
  goal: Snapshot,
  snapshots: readonly Snapshot[],
  earlier: readonly Finding[],
  base: Decision['base'],
): Decision {
  const { request, source, destination } = ends;
  const partial = target.partial as PartialReceive;
  const coming = snapshots.find((snapshot) => snapshot.guid === partial.toGuid) as Snapshot;
  const from = [...snapshots, ...source.bookmarks].find((candidate) => candidate.guid === partial.fromGuid);
  const flags = chooseFlags({
    request: { ...request, raw: partial.raw ? 'yes' : request.raw === 'auto' ? 'auto' : 'no' },
    source,
    destination,
    dataset,
    target: partial.fromGuid === null ? null : target,
  });
  const resumed: PlannedSend = {
    from: from === undefined ? { kind: 'nothing' } : { kind: 'base', name: from.name },
    fromGuid: partial.fromGuid,
    snapshot: coming,
    brings: [coming],
    resumes: partial,
  };
  const findings = [
    ...earlier,
    notes('resumes', {
      message: `${spokenBytes(partial.bytes)} of ${coming.name} were received before and are not sent again.`,
      evidence: { partial },
    }),
  ];
  const rest = coming.guid === goal.guid ? [] : incrementalSends(request, snapshots, coming, goal);
  return { ends, dataset, target, goal, base, flags, sends: [resumed, ...rest], prelude: quiet, findings, losses: [] };
}

/** What the user picked as the base, or the newest common one; a finding where the pick does not serve. */
function findBase(
  ends: Ends,
  snapshots: readonly Snapshot[],
  targetSnapshots: readonly Snapshot[],
): Decision['base'] | Finding {
  const { request, source } = ends;
  const bookmarks = source.bookmarks.filter((bookmark) => datasetOf(bookmark.name) === request.source.dataset);
  const choice = request.base;
  if (choice.kind === 'auto') {
    const base = newestBase(traceLineage({ snapshots, bookmarks }, targetSnapshots));
    return base === null ? null : { source: base.source, destination: base.destination };
  }
  if (choice.kind === 'none') return null;
  const picked = (choice.kind === 'snapshot' ? snapshots : bookmarks).find(
    (candidate) => labelOf(candidate.name) === choice.label,
  );
  const twin = picked === undefined ? undefined : targetSnapshots.find((snapshot) => snapshot.guid === picked.guid);
  if (picked !== undefined && twin !== undefined) return { source: picked, destination: twin };
  return blocks(picked === undefined ? 'no-such-base' : 'base-not-at-destination', {
    message:
      picked === undefined
        ? `${request.source.dataset} has no ${choice.kind} ${choice.label}.`
        : `${picked.name} is not at the destination: none of its snapshots has the GUID ${picked.guid}.`,
    evidence: { base: choice.label, guid: picked?.guid ?? null },
    fixes: [
      {
        label: 'Use the newest common snapshot',
        detail: 'It is found by its GUID.',
        change: { base: { kind: 'auto' } },
        destructive: false,
      },
    ],
  });
}

/** @param changes what `zfs diff` told of the destination, if it was asked */
export function decide(ends: Ends, changes: Changes | null): Decision {
  const { request, source, destination } = ends;
  const early = [...checkPlaces(ends), ...checkPools(ends), ...checkDialects(ends)];
  const dataset = datasetNamed(source, request.source.dataset);
  if (dataset === null) {
    const near = source.datasets
      .map((one) => one.name)
      .filter((name) => name.split('/').at(-1) === request.source.dataset.split('/').at(-1));
    return stopped(ends, [
      ...early,
      blocks('no-such-dataset', {
        message: `${source.host} has no dataset ${request.source.dataset}.`,
        evidence: { host: source.host, dataset: request.source.dataset, similar: near.slice(0, 5) },
      }),
    ]);
  }
  const snapshots = ownSnapshots(source, dataset.name);
  const goal = findGoal(ends, snapshots);
  if (isFinding(goal)) return stopped(ends, [...early, goal], { dataset });
  if (early.some((finding) => finding.severity === 'blocks')) return stopped(ends, early, { dataset, goal });

  const target = datasetNamed(destination, request.destination.dataset);
  const older = snapshots.filter((snapshot) => snapshot.createtxg < goal.createtxg).length;
  if (target === null) return planFull(ends, dataset, goal, older, quiet, early, []);

  const kind = checkKind(ends, dataset, target);
  if (kind.length > 0) return stopped(ends, [...early, ...kind], { dataset, goal });
  const targetSnapshots = ownSnapshots(destination, target.name);

  // Set aside first: whatever stands there, half-received or diverged, keeps its state under the new name.
  if (request.onDivergence === 'set-aside') {
    const aside = asideName(target.name, destination.readAt, namesAt(destination));
    const note = notes('sets-aside', {
      message: `${target.name} is renamed to ${aside} and kept whole, children and snapshots included.`,
      evidence: { from: target.name, to: aside },
    });
    return planFull(ends, dataset, goal, older, { ...quiet, setAside: aside }, [...early, note], []);
  }

  const prelude = { ...quiet };
  const losses: Loss[] = [];
  const base = findBase(ends, snapshots, targetSnapshots);
  if (base !== null && isFinding(base)) return stopped(ends, [...early, base], { dataset, target, goal });

  if (target.partial !== null || target.undecodedToken !== null) {
    if (request.partial === 'discard') {
      Object.assign(prelude, { discard: target.partial ?? 'undecoded' });
      losses.push({ what: 'partial', name: target.name, bytes: target.partial?.bytes ?? null });
      // A full stream that is thrown away takes its dataset with it.
      if (targetSnapshots.length === 0) return planFull(ends, dataset, goal, older, prelude, early, losses);
    } else {
      const reason = misfit(ends, target, goal, snapshots, targetSnapshots);
      if (reason !== null)
        return stopped(ends, [...early, partialFinding(ends, target, reason)], { dataset, target, goal });
      if (base === null) return planResume(ends, dataset, target, goal, snapshots, early, null);
      const divergence = measureDivergence(target, targetSnapshots, base.destination);
      const conflict = checkDivergence(ends, target, base.destination, divergence, changes);
      const resumed = planResume(ends, dataset, target, goal, snapshots, [...early, ...conflict], base);
      return request.onDivergence === 'rollback'
        ? {
            ...resumed,
            prelude: { ...prelude, rollBackTo: divergence.losses.length > 0 ? base.destination : null },
            losses: divergence.losses,
          }
        : resumed;
    }
  }

  if (targetSnapshots.some((snapshot) => snapshot.guid === goal.guid) && request.onDivergence !== 'rollback') {
    return {
      ...stopped(ends, [
        ...early,
        notes('nothing-to-send', {
          message: `${goal.name} is already at ${target.name}: same GUID.`,
          evidence: { guid: goal.guid },
        }),
      ]),
      dataset,
      target,
      goal,
      base,
    };
  }
  if (base === null) {
    if (request.base.kind === 'none') {
      const taken = namesAt(destination);
      return stopped(
        ends,
        [
          ...early,
          blocks('destination-exists', {
            message: `A full copy was asked for, but ${target.name} already exists on ${destination.host}.`,
            evidence: { target: target.name, snapshots: targetSnapshots.length },
            fixes: [
              fixNewName(request, taken),
              fixSetAside(request, asideName(target.name, destination.readAt, taken)),
            ],
          }),
        ],
        { dataset, target, goal },
      );
    }
    const bookmarks = source.bookmarks.filter((bookmark) => datasetOf(bookmark.name) === dataset.name);
    return stopped(
      ends,
      [
        ...early,
        noCommonSnapshot(ends, target, targetSnapshots, traceLineage({ snapshots, bookmarks }, targetSnapshots)),
      ],
      { dataset, target, goal },
    );
  }
  if (base.source.createtxg > goal.createtxg) {
    return stopped(
      ends,
      [
        ...early,
        blocks('goal-older-than-base', {
          message: `${goal.name} is older than ${base.source.name}, which ${target.name} already has; an incremental stream only goes forward.`,
          evidence: { goal: goal.name, base: base.source.name },
          fixes: [fixNewName(request, namesAt(destination))],
        }),
      ],
      { dataset, target, goal, base },
    );
  }

  const divergence = measureDivergence(target, targetSnapshots, base.destination);
  const rollsBack = request.onDivergence === 'rollback' && divergence.losses.length > 0;
  const flags = chooseFlags({ request, source, destination, dataset, target });
  const sends = base.source.guid === goal.guid ? [] : incrementalSends(request, snapshots, base.source, goal);
  const brought = sends.flatMap((send) => send.brings);
  const surviving = rollsBack
    ? targetSnapshots.filter((snapshot) => snapshot.createtxg <= base.destination.createtxg)
    : targetSnapshots;
  return {
    ends,
    dataset,
    target,
    goal,
    base,
    flags,
    sends,
    prelude: { ...prelude, rollBackTo: rollsBack ? base.destination : null },
    losses: [...losses, ...(request.onDivergence === 'rollback' ? divergence.losses : [])],
    findings: [
      ...early,
      ...checkDivergence(ends, target, base.destination, divergence, changes),
      ...checkNamesakes(ends, target, brought, surviving),
      ...checkEncryption(ends, dataset, target, flags.send.raw),
      ...noteSkipped(span(snapshots, base.source, goal).length - brought.length, 'incremental'),
    ],
  };
}
