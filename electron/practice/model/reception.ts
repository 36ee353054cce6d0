/** Taking in a stream, change by change: what the kernel checks at the begin and at the end of `zfs receive`. */
import type { Change } from './changes.ts';
import { addDataset, destroyDataset } from './datasets.ts';
import type { Dataset, Key, Machine, PartialReceive, Pool, Snapshot, StreamFlags } from './machine.ts';
import { bondOf, destroySnapshot } from './snapshots.ts';
import { availableBytes, quotaInTheWay } from './space.ts';
import { emptyTree, TreeEditor } from './tree.ts';

/** What the begin of a stream says of it. */
export interface Opening {
  readonly toName: string;
  readonly toGuid: string;
  /** null for a full stream. */
  readonly fromGuid: string | null;
  readonly kind: Dataset['kind'];
  /** Seconds since 1970 at which the snapshot was taken. */
  readonly creation: number;
  readonly flags: StreamFlags;
  /** Where a resumed stream goes on; null for one from the start. */
  readonly resume: { readonly object: number; readonly offset: number } | null;
}

export interface Destination {
  readonly name: string;
  readonly label: string;
  readonly pool: Pool;
  /** `receive -F` */
  readonly force: boolean;
  /** `receive -s` */
  readonly resumable: boolean;
  /** The clone's origin for a stream that makes a clone. */
  readonly origin: Snapshot | null;
  /** How a dataset that is made for it is encrypted. */
  readonly encryption: { readonly cipher: string | null; readonly key: Key | null };
}

/** The errors of the kernel by what they mean; how they read is the command's affair. */
export type Refusal =
  | 'busy'
  | 'partial'
  | 'snapshot-exists'
  | 'no-base'
  | 'modified'
  | 'not-resumable'
  | 'resume-exists'
  | 'no-space'
  | 'quota'
  | 'pool-read-only';

/** Content was changed after the snapshot was taken. A later snapshot of unchanged content is no change. */
const changedSince = (dataset: Dataset, snapshot: Snapshot): boolean => dataset.head.changed > snapshot.createtxg;

/** How often the space that is left is looked at, in bytes of content. */
const SPACE_CHECK = 4 * 1024 * 1024;

export class Reception {
  readonly dataset: Dataset;
  readonly #machine: Machine;
  readonly #partial: PartialReceive;
  readonly #opening: Opening;
  readonly #destination: Destination;
  #nextSpaceCheck: number;

  constructor(machine: Machine, dataset: Dataset, partial: PartialReceive, opening: Opening, destination: Destination) {
    this.dataset = dataset;
    this.#machine = machine;
    this.#partial = partial;
    this.#opening = opening;
    this.#destination = destination;
    this.#nextSpaceCheck = partial.editor.written;
  }

  /** @param streamBytes bytes of the stream this change took */
  apply(change: Change, streamBytes: number): Refusal | null {
    const { editor } = this.#partial;
    if (change.type === 'write' && editor.written + change.length > this.#nextSpaceCheck) {
      const refusal = this.#room(SPACE_CHECK);
      if (refusal !== null) return refusal;
      this.#nextSpaceCheck = editor.written + SPACE_CHECK;
    }
    if (change.type === 'object') editor.shape(change.id, change.path, change.size);
    else if (change.type === 'free') editor.remove(change.id);
    else editor.write(change.id, change);
    this.#partial.object = change.id;
    this.#partial.offset = change.type === 'write' ? change.offset + change.length : 0;
    this.#partial.bytes += streamBytes;
    return null;
  }

  #room(bytes: number): Refusal | null {
    if (quotaInTheWay(this.#machine, this.dataset, bytes) !== null) return 'quota';
    return availableBytes(this.#machine, this.dataset) < bytes ? 'no-space' : null;
  }

  /** What `-F` destroys, newest first; what stands in the way of that. */
  #clearNewer(): Refusal | null {
    const { from } = this.#partial;
    const newer = from === null ? [] : this.dataset.snapshots.filter((one) => one.createtxg > from.createtxg).reverse();
    const bonds = newer.map((one) => bondOf(this.#machine, one));
    if (bonds.includes('busy')) return 'busy';
    if (bonds.includes('cloned')) return 'snapshot-exists';
    for (const snapshot of newer) destroySnapshot(this.#machine, snapshot);
    return null;
  }

  /** Makes the snapshot of what came. After a refusal the caller has to {@link abandon}. */
  finish(): Refusal | null {
    const { dataset } = this;
    const { from, kind } = this.#partial;
    if (kind === 'incremental' && from !== null) {
      if (!this.#destination.force && changedSince(dataset, from)) return 'modified';
      const refusal = this.#destination.force ? this.#clearNewer() : null;
      if (refusal !== null) return refusal;
    }
    const txg = this.#machine.tick(dataset.pool);
    const tree = this.#partial.editor.finish(txg);
    dataset.head = tree;
    dataset.partial = null;
    dataset.snapshots.push({
      dataset,
      label: this.#destination.label,
      guid: this.#opening.toGuid,
      createtxg: txg,
      creation: this.#opening.creation,
      tree,
      settings: new Map(),
      holds: new Map(),
      deferDestroy: false,
    });
    return null;
  }

  /** The stream broke: keeps what came if it can be resumed, else leaves no trace. */
  abandon(): void {
    const partial = this.#partial;
    partial.active = false;
    if (partial.resumable) return;
    this.dataset.partial = null;
    if (partial.kind === 'full') destroyDataset(this.#machine, this.dataset);
  }
}

function resumeReceive(
  machine: Machine,
  dataset: Dataset,
  opening: Opening,
  destination: Destination,
): Reception | Refusal {
  const { partial } = dataset;
  const { resume } = opening;
  if (opening.fromGuid === null && partial?.kind !== 'full' && !destination.force) return 'resume-exists';
  if (partial === null || resume === null) return 'not-resumable';
  if (partial.active) return 'busy';
  const fits =
    partial.toGuid === opening.toGuid &&
    partial.fromGuid === opening.fromGuid &&
    partial.object === resume.object &&
    partial.offset === resume.offset;
  if (!fits) return 'not-resumable';
  partial.active = true;
  partial.resumable = destination.resumable;
  return new Reception(machine, dataset, partial, opening, destination);
}

/** The base in the dataset's own history, or why there is none that will do. */
function findBase(dataset: Dataset, fromGuid: string, force: boolean): Snapshot | Refusal {
  const base = dataset.snapshots.findLast((one) => one.guid === fromGuid);
  if (base === undefined) return 'no-base';
  return !force && changedSince(dataset, base) ? 'modified' : base;
}

function newPartial(
  opening: Opening,
  destination: Destination,
  from: Snapshot | null,
  editor: TreeEditor,
): PartialReceive {
  return {
    kind: 'incremental',
    editor,
    toName: opening.toName,
    toGuid: opening.toGuid,
    fromGuid: opening.fromGuid,
    from,
    flags: opening.flags,
    resumable: destination.resumable,
    active: true,
    object: 0,
    offset: 0,
    bytes: 0,
  };
}

function intoExisting(
  machine: Machine,
  dataset: Dataset,
  opening: Opening,
  destination: Destination,
): Reception | Refusal {
  if (dataset.partial !== null) return dataset.partial.active ? 'busy' : 'partial';
  if (dataset.snapshots.some((one) => one.label === destination.label)) return 'snapshot-exists';
  const base = opening.fromGuid === null ? null : findBase(dataset, opening.fromGuid, destination.force);
  if (typeof base === 'string') return base;
  const tree = base?.tree ?? emptyTree(dataset.kind, machine.tick(dataset.pool));
  dataset.partial = newPartial(opening, destination, base, new TreeEditor(tree));
  return new Reception(machine, dataset, dataset.partial, opening, destination);
}

function intoNew(machine: Machine, opening: Opening, destination: Destination): Reception | Refusal {
  const { origin } = destination;
  const dataset = addDataset(machine, destination.pool, {
    name: destination.name,
    kind: opening.kind,
    ...destination.encryption,
    ...(origin === null ? {} : { origin }),
  });
  dataset.partial = { ...newPartial(opening, destination, null, new TreeEditor(dataset.head)), kind: 'full' };
  return new Reception(machine, dataset, dataset.partial, opening, destination);
}

/** Begins to receive a stream, or says why not. What `libzfs` checks before it asks the kernel is not checked again. */
export function beginReceive(machine: Machine, opening: Opening, destination: Destination): Reception | Refusal {
  if (destination.pool.readonly) return 'pool-read-only';
  const existing = machine.dataset(destination.name);
  if (existing === null) return opening.resume === null ? intoNew(machine, opening, destination) : 'not-resumable';
  return opening.resume === null
    ? intoExisting(machine, existing, opening, destination)
    : resumeReceive(machine, existing, opening, destination);
}
