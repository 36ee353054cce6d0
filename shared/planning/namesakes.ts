/** Snapshots of one name that are not the same. */
import type { Snapshot } from '../model/inventory.ts';
import { labelOf } from '../model/names.ts';

/** The same label, another GUID. */
export interface CommonLabel {
  readonly source: Snapshot;
  readonly destination: Snapshot;
}

/**
 * Snapshots of one label on both sides that are not the same, in the destination's order.
 *
 * @param some as a rule the shorter list: only its labels are kept
 */
export function namesakesOf(some: readonly Snapshot[], destination: readonly Snapshot[]): CommonLabel[] {
  if (some.length === 0) return [];
  const found: CommonLabel[] = [];
  const take = (source: Snapshot, twin: Snapshot) => {
    if (source.guid !== twin.guid) found.push({ source, destination: twin });
  };
  // Two that were made by one schedule have the same labels in the same order: then nothing has to be indexed.
  let at = 0;
  while (at < some.length && at < destination.length) {
    const [source, twin] = [some[at] as Snapshot, destination[at] as Snapshot];
    if (labelOf(source.name) !== labelOf(twin.name)) break;
    take(source, twin);
    at++;
  }
  if (at === some.length || at === destination.length) return found;
  const labels = new Map(some.slice(at).map((snapshot) => [labelOf(snapshot.name) as string, snapshot]));
  for (const twin of destination.slice(at)) {
    const source = labels.get(labelOf(twin.name));
    if (source !== undefined) take(source, twin);
  }
  return found;
}
