/** Making, changing and unmaking pools and datasets. */
import type { Dataset, Key, Machine, Pool, Settings, Snapshot } from './machine.ts';
import { emptyTree, TreeEditor } from './tree.ts';

export interface NewDataset {
  readonly name: string;
  readonly kind: Dataset['kind'];
  readonly settings?: Settings;
  /** Set for a clone: its first content is the snapshot's. */
  readonly origin?: Snapshot;
  /** How it is encrypted; a clone is as its origin, without being told. */
  readonly cipher?: string | null;
  /** Set for one that shall be an encryption root. */
  readonly key?: Key | null;
}

export function addDataset(machine: Machine, pool: Pool, wanted: NewDataset): Dataset {
  const txg = machine.tick(pool);
  const dataset: Dataset = {
    name: wanted.name,
    kind: wanted.kind,
    guid: machine.newGuid(),
    createtxg: txg,
    creation: machine.now(),
    objsetid: machine.newObjsetId(),
    pool,
    origin: wanted.origin ?? null,
    settings: wanted.settings ?? new Map(),
    snapshots: [],
    bookmarks: [],
    head: wanted.origin?.tree ?? emptyTree(wanted.kind, txg),
    mounted: false,
    partial: null,
    cipher: wanted.cipher ?? wanted.origin?.dataset.cipher ?? null,
    key: wanted.key ?? null,
    grants: new Map(),
  };
  machine.add(dataset);
  return dataset;
}

/** @param size bytes */
export function addPool(machine: Machine, name: string, size: number): Dataset {
  const pool: Pool = { name, guid: machine.newGuid(), size, health: 'ONLINE', readonly: false, txg: 1 };
  machine.pools.set(name, pool);
  return addDataset(machine, pool, { name, kind: 'filesystem' });
}

export function destroyDataset(machine: Machine, dataset: Dataset): void {
  machine.tick(dataset.pool);
  machine.drop(dataset);
}

/** The number of a volume's only object. */
export const VOLUME_OBJECT = 1;

/** Gives a new volume its size; nothing is written yet. */
export function sizeVolume(dataset: Dataset, bytes: number): void {
  dataset.settings.set('volsize', { local: String(bytes) });
  const editor = new TreeEditor(dataset.head);
  editor.shape(VOLUME_OBJECT, '', bytes);
  dataset.head = editor.finish(dataset.createtxg);
}

/** Puts content into a dataset, in a transaction group of its own, as a program writing to it would. */
export function edit(machine: Machine, dataset: Dataset, change: (editor: TreeEditor) => void): void {
  const editor = new TreeEditor(dataset.head);
  change(editor);
  dataset.head = editor.finish(machine.tick(dataset.pool));
}
