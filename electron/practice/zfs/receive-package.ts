/** Where the datasets of a package go, and what `receive -F` takes away before an incremental one. */
import { destroyDataset } from '../model/datasets.ts';
import type { Machine } from '../model/machine.ts';
import { propertyRow } from '../model/property-table.ts';
import { destroySnapshot } from '../model/snapshots.ts';
import type { PackageContents } from '../stream/writer.ts';
import type { ReceiveProperties } from './receive-properties.ts';

/**
 * Takes away what the package does not have: snapshots with none of its GUIDs, datasets it does not know. What is held or
 * stands in use stays.
 * @param top name of the dataset at the destination that the package is received into
 */
export function clearForReplication(machine: Machine, top: string, contents: PackageContents): void {
  const existing = machine.dataset(top);
  if (existing === null) return;
  for (const dataset of [existing, ...machine.descendantsOf(existing)].reverse()) {
    const sent = contents.datasets[dataset.name.slice(top.length)];
    const kept = new Set(sent?.snapshots ?? []);
    for (const snapshot of dataset.snapshots) {
      const free = snapshot.holds.size === 0 && machine.dependentsOf(snapshot).length === 0;
      if (!kept.has(snapshot.guid) && free) destroySnapshot(machine, snapshot);
    }
    const empty = dataset.snapshots.length === 0 && machine.childrenOf(dataset).length === 0;
    if (sent === undefined && empty) destroyDataset(machine, dataset);
  }
}

/** `-o` reaches the top alone; below it what can be inherited is, so the sender's value is left out there. */
export function propertiesBelow(given: ReceiveProperties): ReceiveProperties {
  const inherited = [...given.set.keys()].filter((name) => (propertyRow(name)?.attribute ?? 'inherit') === 'inherit');
  return { set: new Map(), exclude: [...given.exclude, ...inherited], origin: null };
}
