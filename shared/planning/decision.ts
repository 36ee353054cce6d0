/** What planning decided, before it becomes steps and commands; and what the parts of planning hand to each other. */
import type { Bookmark, Dataset, PartialReceive, Snapshot } from '../model/inventory.ts';
import type { DatasetName, SnapshotName } from '../model/names.ts';
import type { Finding, Loss } from '../model/plan.ts';
import type { SendFrom } from '../zfs/commands.ts';
import type { Changes } from './divergence.ts';
import type { Ends } from './ends.ts';
import type { Flags } from './flags.ts';
import type { Selection } from './package/selection.ts';

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
  /** Holds of ours that forbid to go back: they go before. */
  readonly release: readonly SnapshotName[];
  readonly rollBackTo: Snapshot | null;
  readonly createParents: readonly DatasetName[];
}

/** A snapshot or bookmark of the source, and the destination's snapshot of the same GUID. */
export interface Base {
  readonly source: Snapshot | Bookmark;
  readonly destination: Snapshot;
}

/** What a new copy grows from as a clone: the source's snapshot, and the destination's of the same GUID. */
export interface Origin {
  readonly source: Snapshot;
  readonly destination: SnapshotName;
}

export interface Decision {
  readonly ends: Ends;
  readonly dataset: Dataset | null;
  /** The existing dataset that is added to; null when the copy is new. */
  readonly target: Dataset | null;
  readonly goal: Snapshot | null;
  /** The common snapshot before this run: its holds move on to the goal. */
  readonly base: Base | null;
  /** The copy is received as a clone of this. */
  readonly origin: Origin | null;
  /** What the dataset is called by then that stood at the copy's name and is set aside, by itself or with one it lies in. */
  readonly movedTo: DatasetName | null;
  readonly flags: Flags | null;
  readonly sends: readonly PlannedSend[];
  readonly prelude: Prelude;
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
}

/** The source is known: its dataset, all its snapshots (oldest first), and the one the destination shall have in the end. */
export interface Situation {
  readonly ends: Ends;
  readonly changes: Changes | null;
  readonly dataset: Dataset;
  readonly goal: Snapshot;
  readonly snapshots: readonly Snapshot[];
  /** What a new copy is received as a clone of; null for one of its own. */
  readonly origin: Origin | null;
  /** The new name of whatever stands at the copy's name, if that is set aside before this dataset's turn. */
  readonly movedTo: DatasetName | null;
  readonly selection: Selection;
  /** What was found before. */
  readonly earlier: readonly Finding[];
}

/** The destination dataset exists already. */
export interface Existing extends Situation {
  readonly target: Dataset;
  /** Its snapshots, oldest first. */
  readonly targetSnapshots: readonly Snapshot[];
}

export const quiet: Prelude = { discard: null, setAside: null, release: [], rollBackTo: null, createParents: [] };

/** The name of the copy that a decision is about. */
export const copyOf = ({ ends }: Decision): DatasetName => ends.request.destination.dataset;

/** A decision that sends nothing: because a finding blocks, or because nothing is missing. */
export function stopped(ends: Ends, findings: readonly Finding[], known: Partial<Decision> = {}): Decision {
  return {
    ends,
    dataset: null,
    target: null,
    goal: null,
    base: null,
    origin: null,
    movedTo: null,
    flags: null,
    sends: [],
    prelude: quiet,
    losses: [],
    ...known,
    findings,
  };
}

/** As {@link stopped}, for a destination that exists. */
export const stoppedAt = (existing: Existing, finding: Finding, base: Base | null = null): Decision =>
  stopped(existing.ends, [...existing.earlier, finding], {
    dataset: existing.dataset,
    target: existing.target,
    goal: existing.goal,
    base,
  });
