/** What hangs on a dataset, in the order in which it has to be destroyed. */
import { type Dataset, type Machine, type Snapshot, snapshotName } from '../model/machine.ts';

export interface Dependent {
  readonly name: string;
  readonly dataset: Dataset;
  /** null: the dataset itself. */
  readonly snapshot: Snapshot | null;
}

const asDataset = (dataset: Dataset): Dependent => ({ name: dataset.name, dataset, snapshot: null });
const asSnapshot = (snapshot: Snapshot): Dependent => ({
  name: snapshotName(snapshot),
  dataset: snapshot.dataset,
  snapshot,
});

/** Children with theirs, then the snapshots, each after its clones; the dataset itself last. */
export function dependentsOf(machine: Machine, dataset: Dataset): Dependent[] {
  const found = new Map<string, Dependent>();
  const add = (one: Dependent) => {
    if (!found.has(one.name)) found.set(one.name, one);
  };
  for (const child of machine.childrenOf(dataset)) for (const one of dependentsOf(machine, child)) add(one);
  for (const snapshot of dataset.snapshots) {
    for (const clone of machine.clonesOf(snapshot)) for (const one of dependentsOf(machine, clone)) add(one);
    add(asSnapshot(snapshot));
  }
  add(asDataset(dataset));
  return [...found.values()];
}
