/** Where a copy lies: its ancestors at the destination, those that are missing, and what they are. */
import type { Dataset } from '../model/inventory.ts';
import { type DatasetName, parentOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import { datasetNamed, type Ends } from './ends.ts';
import { blocks, notes } from './findings.ts';

/** Ancestors of the copy that do not exist yet, topmost first. */
export function missingParents({ request, destination, coming }: Ends): DatasetName[] {
  const missing: DatasetName[] = [];
  for (
    let parent = parentOf(request.destination.dataset);
    parent !== null && datasetNamed(destination, parent) === null && !coming.has(parent);
    parent = parentOf(parent)
  )
    missing.unshift(parent);
  return missing;
}

/**
 * Where the data goes: the dataset that is added to, or the nearest existing ancestor of a new one (also of one that
 * takes the name of what is set aside or discarded). Its `available` already counts the quotas above it.
 *
 * @param target the existing dataset that is added to; null for a new copy
 */
export function nearestExisting({ request, destination }: Ends, target: Dataset | null): Dataset | null {
  if (target !== null) return target;
  for (let name = parentOf(request.destination.dataset); name !== null; name = parentOf(name)) {
    const found = datasetNamed(destination, name);
    if (found !== null) return found;
  }
  return null;
}

/** For a new copy: its parent must be a filesystem, and missing parents are created first. */
export function checkParents(ends: Ends): Finding[] {
  const { host } = ends.destination;
  const place = nearestExisting(ends, null);
  if (place === null) return [];
  if (place.kind === 'volume') {
    return [
      blocks('parent-not-filesystem', {
        message: `${place.name} on ${host} is a volume; nothing can be received below it.`,
        evidence: { parent: place.name },
      }),
    ];
  }
  const missing = missingParents(ends);
  if (missing.length === 0) return [];
  return [
    notes('parent-missing', {
      message: `${missing.join(', ')} will be created on ${host} first, without being mounted.`,
      evidence: { host, missing },
    }),
  ];
}
